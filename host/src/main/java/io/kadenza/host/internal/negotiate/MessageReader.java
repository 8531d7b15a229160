package io.kadenza.host.internal.negotiate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/// Reads one multistream-select message at a time: an unsigned varint, that many bytes, the last of
/// them a newline. Never takes a byte beyond the message. Owned by one [Negotiation].
final class MessageReader {

  /// Bytes in a message with its newline; go, js and jvm agree on it.
  static final int MAX_MESSAGE = 1024;

  /// The longest length that is no error takes two bytes.
  private static final int MAX_PREFIX = 2;

  private static final byte[] NOTHING = {};

  private int prefixBytes;
  private int length;
  private boolean inBody;
  private byte[] body = NOTHING;
  private int gathered;
  private @Nullable String message;
  private @Nullable String malformed;

  /// Takes bytes up to the end of the current message; returns how many.
  int read(byte[] buf, int off, int len) {
    message = null;
    int at = off;
    int end = off + len;
    while (at < end && !inBody && malformed == null) {
      prefix(buf[at++]);
    }
    if (inBody && at < end) {
      at += body(buf, at, end - at);
    }
    return at - off;
  }

  /// The message the last [#read] completed, without its newline; null when it is still incomplete.
  @Nullable String message() {
    return message;
  }

  /// What was wrong with the bytes, or null.
  @Nullable String malformed() {
    return malformed;
  }

  private void prefix(byte b) {
    length |= (b & 0x7f) << (7 * prefixBytes++);
    if (b < 0) {
      if (prefixBytes == MAX_PREFIX) {
        malformed = "a message longer than 1024 bytes";
      }
    } else if (length == 0 || b == 0) {
      malformed = "an empty message or an overlong length";
    } else if (length > MAX_MESSAGE) {
      malformed = "a message longer than 1024 bytes";
    } else {
      inBody = true;
    }
  }

  private int body(byte[] buf, int off, int len) {
    int piece = Math.min(length - gathered, len);
    if (piece == length) {
      complete(buf, off);
    } else {
      if (gathered == 0) {
        body = new byte[length];
      }
      System.arraycopy(buf, off, body, gathered, piece);
      gathered += piece;
      if (gathered == length) {
        complete(body, 0);
      }
    }
    return piece;
  }

  private void complete(byte[] buf, int off) {
    if (buf[off + length - 1] != '\n') {
      malformed = "a message without a newline";
    } else {
      message = text(buf, off, length - 1);
    }
    body = NOTHING;
    gathered = 0;
    length = 0;
    prefixBytes = 0;
    inBody = false;
  }

  /// Protocol ids are UTF-8; a control character in one could only be meant for somebody's
  /// terminal.
  private @Nullable String text(byte[] buf, int off, int len) {
    boolean ascii = true;
    for (int i = off; i < off + len; i++) {
      if ((buf[i] >= 0 && buf[i] < ' ') || buf[i] == 0x7f) {
        malformed = "a control character";
        return null;
      }
      ascii &= buf[i] >= 0;
    }
    if (ascii) {
      return new String(buf, off, len, US_ASCII);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(buf, off, len)).toString();
    } catch (CharacterCodingException _) {
      malformed = "ill-formed UTF-8";
      return null;
    }
  }
}
