package io.kadenza.host.internal.identify;

import io.kadenza.host.Identification;
import io.kadenza.host.StreamException;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.MuxedStream;
import io.kadenza.host.internal.net.StreamSink;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.LengthPrefixed;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Both sides of identify and identify-push on a host's connections.
public final class Identify {
  public static final String PROTOCOL = "/ipfs/id/1.0.0";
  public static final String PUSH = "/ipfs/id/push/1.0.0";

  /// One that is under way, and the next: whoever says more about itself at once says nothing.
  private static final int STREAMS_MAX = 2;

  private static final int MESSAGE_MAX =
      IdentifyMessage.CHUNKS_MAX * (IdentifyMessage.CHUNK_MAX + 2);

  /// Counts what there was to tell of this host so far.
  private final AtomicInteger version = new AtomicInteger(1);

  private final Function<Multiaddr, byte[]> ownMessage;
  private final Function<PeerId, Optional<Identification>> known;
  private final BiConsumer<MuxedConnection, Identification> identified;
  private final BiConsumer<MuxedConnection, String> failed;

  /// @param ownMessage our message for a peer at that address, encoded
  /// @param known what a peer has said of itself before
  /// @param identified told what a peer said of itself
  /// @param failed told why a peer could not be identified
  public Identify(
      Function<Multiaddr, byte[]> ownMessage,
      Function<PeerId, Optional<Identification>> known,
      BiConsumer<MuxedConnection, Identification> identified,
      BiConsumer<MuxedConnection, String> failed) {
    this.ownMessage = ownMessage;
    this.known = known;
    this.identified = identified;
    this.failed = failed;
  }

  /// Asks the peer of a new connection who it is.
  public void ask(MuxedConnection connection) {
    try {
      MuxedStream stream = connection.open(PROTOCOL, s -> collector(s, IdentifyMessage::decode));
      stream.finish();
    } catch (StreamException closed) {
      failed.accept(connection, String.valueOf(closed.getMessage()));
    }
  }

  /// Answers a peer that asks.
  public StreamSink answer(MuxedStream stream) {
    if (isTooMuch(stream)) {
      return ignoring(stream);
    }
    send(stream);
    return ignoring(stream);
  }

  private static StreamSink ignoring(MuxedStream stream) {
    return new CollectingSink(stream, IdentifyMessage.CHUNK_MAX, _ -> {}, _ -> {});
  }

  /// Takes what a peer says unasked.
  public StreamSink takePush(MuxedStream stream) {
    return isTooMuch(stream)
        ? ignoring(stream)
        : collector(
            stream, (bytes, peer) -> IdentifyMessage.decodePush(bytes, peer, known.apply(peer)));
  }

  /// Whether the peer asks or tells too much; then the stream is reset. A message is signed, and
  /// dear to make and to check.
  private static boolean isTooMuch(MuxedStream stream) {
    MuxedConnection connection = stream.connection();
    connection.limit(stream, STREAMS_MAX);
    if (connection.acquaintance().mayGoOn()) {
      return false;
    }
    stream.reset();
    return true;
  }

  /// Something about us has changed: whoever was told before is behind.
  public void changed() {
    version.incrementAndGet();
  }

  /// Whether the peer was told of us, and things have changed since. A protocol can come or go
  /// while a peer is being identified, and it is not known yet whether it takes a push.
  public boolean isBehind(MuxedConnection connection) {
    return connection.acquaintance().isBehind(version.get());
  }

  /// Tells a peer that something about us has changed.
  public void push(MuxedConnection connection) {
    try {
      send(connection.open(PUSH, Identify::ignoring));
    } catch (StreamException closed) {
      // Then there is nobody left to tell.
    }
  }

  private void send(MuxedStream stream) {
    stream.connection().acquaintance().tell(version.get());
    byte[] frame = LengthPrefixed.frame(ownMessage.apply(stream.connection().remoteAddress()));
    stream.write(frame, 0, frame.length);
    stream.finish();
  }

  private CollectingSink collector(
      MuxedStream stream, BiFunction<byte[], PeerId, Identification> decoder) {
    MuxedConnection connection = stream.connection();
    return new CollectingSink(
        stream,
        MESSAGE_MAX,
        bytes -> {
          try {
            identified.accept(connection, decoder.apply(bytes, connection.peer()));
          } catch (MalformedException malformed) {
            failed.accept(connection, String.valueOf(malformed.getMessage()));
          }
        },
        why -> failed.accept(connection, why));
  }
}
