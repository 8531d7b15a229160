package io.kadenza.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.negotiate.Negotiation;
import io.kadenza.host.internal.noise.NoiseHandshake;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.host.internal.noise.NoiseSession;
import io.kadenza.host.internal.yamux.Yamux;
import io.kadenza.host.internal.yamux.YamuxEvent;
import io.kadenza.host.internal.yamux.YamuxLimits;
import io.kadenza.multiformats.Multiaddr;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A peer that keeps to the protocols and to nothing else: it sends what a test wants, reads when a
/// test wants, and answers nothing. On one blocking socket, for one thread.
final class RawPeer implements AutoCloseable {
  private static final int READ_MILLIS = 20_000;

  /// Lets the host send as much as it has.
  private static final YamuxLimits GENEROUS =
      new YamuxLimits(
          15 << 20,
          15 << 20,
          512,
          256,
          256 << 10,
          32,
          Duration.ZERO,
          Duration.ofSeconds(10),
          65_000,
          32 << 20);

  private final Socket socket = new Socket();
  private final OutBuffer cipher = new OutBuffer();
  private final byte[] input = new byte[64 << 10];
  private final List<YamuxEvent> events = new ArrayList<>();
  private final NoiseSession session;
  private final Yamux yamux;

  /// Connects from a loopback address, such as `127.0.0.7`: each is a network of its own.
  RawPeer(Multiaddr host, String from) throws IOException {
    this(host, from, Identity.generate(KeyType.ED25519));
  }

  /// Connects as a certain peer.
  RawPeer(Multiaddr host, String from, Identity self) throws IOException {
    socket.setReceiveBufferSize(64 << 10);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(
        new InetSocketAddress(host.ip().orElseThrow(), host.tcpPort().orElseThrow()), READ_MILLIS);
    socket.setSoTimeout(READ_MILLIS);
    var negotiation = Negotiation.dialer(List.of("/noise"));
    var identity = NoiseIdentity.create(self, CryptoSuite.best());
    var handshake = NoiseHandshake.initiator(identity, null, List.of("/yamux/1.0.0"));
    write(negotiation.output());
    write(handshake.output());
    while (!handshake.done()) {
      int got = read();
      int at = 0;
      while (at < got) {
        at +=
            negotiation.state() == Negotiation.State.NEGOTIATING
                ? negotiation.receive(input, at, got - at)
                : handshake.receive(input, at, got - at);
      }
    }
    write(handshake.output());
    session = handshake.session();
    yamux = new Yamux(true, GENEROUS, System.nanoTime());
  }

  /// Opens a stream and proposes a protocol on it.
  int open(String protocol) throws IOException {
    int stream = yamux.open(System.nanoTime());
    var words = new ByteArrayOutputStream();
    for (String word : List.of("/multistream/1.0.0", protocol)) {
      words.write(word.length() + 1);
      words.writeBytes((word + "\n").getBytes(US_ASCII));
    }
    send(stream, words.toByteArray());
    return stream;
  }

  /// Says that nothing more will be sent on a stream.
  void finish(int stream) throws IOException {
    yamux.closeWrite(stream);
    flush();
  }

  /// Sends bytes, reading where the stream's window is used up.
  ///
  /// @throws IOException if the stream or the connection is over, or no window comes
  void send(int stream, byte[] bytes) throws IOException {
    int sent = 0;
    while (true) {
      int taken = yamux.write(stream, bytes, sent, bytes.length - sent);
      if (taken < 0) {
        throw new IOException("the stream is over");
      }
      sent += taken;
      flush();
      if (sent == bytes.length) {
        return;
      }
      hear();
    }
  }

  /// Sends the first bytes of a Noise frame that is never finished.
  void sendPartOfAFrame(int bytes) throws IOException {
    byte[] part = new byte[bytes];
    part[0] = (byte) 0xff;
    part[1] = (byte) 0xff;
    socket.getOutputStream().write(part);
  }

  /// Sends what waits.
  void flush() throws IOException {
    session.seal(yamux.output(), cipher);
    write(cipher);
  }

  /// Reads what there is, or waits for it.
  ///
  /// @return what it means
  /// @throws IOException if the connection is over
  List<YamuxEvent> hear() throws IOException {
    int got = read();
    List<YamuxEvent> heard = new ArrayList<>();
    session.receive(
        input,
        0,
        got,
        (buffer, offset, length) -> {
          yamux.receive(buffer, offset, length, System.nanoTime(), events);
          heard.addAll(events);
          events.clear();
        });
    flush();
    return heard;
  }

  /// Reads until the host ends the connection.
  void awaitEnd() {
    try {
      while (true) {
        read();
      }
    } catch (IOException over) {
      if (over instanceof java.net.SocketTimeoutException) {
        throw new AssertionError("the host keeps the connection", over);
      }
    }
  }

  private int read() throws IOException {
    int got = socket.getInputStream().read(input);
    if (got < 0) {
      throw new IOException("the host has closed the connection");
    }
    return got;
  }

  private void write(OutBuffer out) throws IOException {
    socket.getOutputStream().write(out.array(), out.start(), out.size());
    out.clear();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
