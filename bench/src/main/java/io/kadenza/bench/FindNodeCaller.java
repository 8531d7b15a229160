package io.kadenza.bench;

import io.kadenza.host.StreamException;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.net.MuxedStream;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Varint;
import io.kadenza.multiformats.wire.LengthPrefixed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Keeps `depth` FIND_NODE requests for random keys under way on one stream. An answer counts when
/// it names 20 peers.
final class FindNodeCaller implements Caller {
  static final int PEERS = 20;

  /// The head of a sha2-256 multihash, which is what a peer id looks like.
  private static final byte[] KEY_HEAD = {0x12, 0x20};

  private static final int RANDOM_BYTES = 32;

  /// Every so many answers one is decoded and its order checked as well.
  private static final int READ_IN_FULL = 1_024;

  private static final int TYPE_TAG = 1 << 3;
  private static final int CLOSER_TAG = 8 << 3 | 2;
  private static final int FIND_NODE = 4;

  private final MuxedStream stream;
  private final Answers answers;
  private final int depth;
  private final SplittableRandom random;
  private final byte[] frame;
  private final byte[][] keys;
  private final long[] sentAt;
  private final OutBuffer partial = new OutBuffer();
  private long sent;
  private long answered;

  FindNodeCaller(MuxedStream stream, Answers answers, int depth, SplittableRandom random) {
    this.stream = stream;
    this.answers = answers;
    this.depth = depth;
    this.random = random;
    byte[] key = new byte[KEY_HEAD.length + RANDOM_BYTES];
    System.arraycopy(KEY_HEAD, 0, key, 0, KEY_HEAD.length);
    this.keys = new byte[depth][];
    Arrays.setAll(keys, _ -> key.clone());
    this.frame =
        LengthPrefixed.frame(KadCodec.encodeRequest(new KadRequest.FindNode(Bytes.of(key))));
    this.sentAt = new long[depth];
  }

  @Override
  public void begin() {
    for (int i = 0; i < depth; i++) {
      send();
    }
  }

  private void send() {
    int slot = (int) (sent++ % depth);
    byte[] key = keys[slot];
    var digest = ByteBuffer.wrap(key, KEY_HEAD.length, RANDOM_BYTES);
    while (digest.hasRemaining()) {
      digest.putLong(random.nextLong());
    }
    // The key is the message's last field.
    System.arraycopy(key, 0, frame, frame.length - key.length, key.length);
    sentAt[slot] = System.nanoTime();
    stream.write(frame, 0, frame.length);
  }

  @Override
  public void data(byte[] buffer, int offset, int length) {
    stream.consumed(length);
    if (partial.isEmpty()) {
      int taken = take(buffer, offset, length);
      partial.put(buffer, offset + taken, length - taken);
    } else {
      partial.put(buffer, offset, length);
      partial.drain(take(partial.array(), partial.start(), partial.size()));
    }
  }

  /// Takes the whole answers of what there is and returns their bytes.
  private int take(byte[] buffer, int offset, int length) {
    var in = ByteBuffer.wrap(buffer, offset, length);
    int taken = 0;
    while (true) {
      int size = frameSize(in);
      if (size < 0 || in.remaining() < size) {
        return taken;
      }
      answer(in.slice(in.position(), size));
      in.position(in.position() + size);
      taken = in.position() - offset;
    }
  }

  /// The length that stands before the next answer; -1 when not all of it is there.
  private static int frameSize(ByteBuffer in) {
    int size = 0;
    for (int shift = 0; in.hasRemaining(); shift += 7) {
      byte next = in.get();
      size |= (next & 0x7f) << shift;
      if (next >= 0) {
        return size;
      }
    }
    return -1;
  }

  private void answer(ByteBuffer body) {
    long nanos = System.nanoTime() - sentAt[(int) (answered % depth)];
    int peers = count(body);
    if (peers == PEERS) {
      answers.answered(nanos);
    } else {
      answers.failed("an answer with " + peers + " peers instead of " + PEERS);
    }
    if (answered % READ_IN_FULL == 0) {
      readInFull(body, Bytes.of(keys[(int) (answered % depth)]));
    }
    answered++;
    if (answers.wantsMore()) {
      send();
    }
  }

  /// How many closer peers an answer names, -1 if it is none to a FIND_NODE.
  private static int count(ByteBuffer body) {
    ByteBuffer in = body.duplicate();
    int peers = 0;
    int type = 0;
    while (in.hasRemaining()) {
      int tag = (int) Varint.read(in);
      if (tag == TYPE_TAG) {
        type = (int) Varint.read(in);
      } else if ((tag & 7) == 2) {
        int length = (int) Varint.read(in);
        peers += tag == CLOSER_TAG ? 1 : 0;
        in.position(in.position() + length);
      } else {
        Varint.read(in);
      }
    }
    return type == FIND_NODE ? peers : -1;
  }

  private void readInFull(ByteBuffer body, Bytes key) {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    try {
      var target = KadKey.of(key);
      Contact last = null;
      for (Contact next : KadCodec.decodeResponse(new KadRequest.FindNode(key), bytes).closer()) {
        if (last != null && target.compareDistance(last.key(), next.key()) > 0) {
          answers.failed("an answer that does not name the closest peer first");
        }
        last = next;
      }
    } catch (MalformedException malformed) {
      answers.failed("an answer that does not decode: " + malformed.getMessage());
    }
  }

  @Override
  public void finished() {
    answers.failed("the server closed the stream");
  }

  @Override
  public void failed(StreamException why) {
    answers.failed("the stream ended: " + why.getMessage());
  }
}
