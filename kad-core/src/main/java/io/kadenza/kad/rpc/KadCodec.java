package io.kadenza.kad.rpc;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.PeerWire;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The protobuf form of requests and responses, without the length prefix of the frame. Pure; safe
/// from any thread.
public final class KadCodec {
  /// What go, js and py send at most; a bigger frame is refused before it is read.
  public static final int MAX_MESSAGE_BYTES = 4 << 20;

  /// rust-libp2p fails a query whose answer is longer.
  public static final int MAX_REPLY_BYTES = 16 << 10;

  /// A request without a value is a key and at most some peers; py adds an envelope of about 1 KiB.
  public static final int MAX_PLAIN_REQUEST_BYTES = 64 << 10;

  /// As many as k may be at most: "honest peers return at most k". What a walk keeps of an answer
  /// is bounded by its own k.
  public static final int MAX_CLOSER = LookupConfig.MAX_PEERS;

  /// As many providers as we keep of one key ourselves.
  public static final int MAX_PROVIDERS = 1_024;

  /// Among these the sender of an ADD_PROVIDER must be; py refuses more than 20.
  private static final int MAX_ANNOUNCED = 64;

  private KadCodec() {}

  public static byte[] encodeRequest(KadRequest request) {
    var out = new ProtoWriter(128);
    writeHead(out, Wire.type(request), request.key());
    switch (request) {
      case KadRequest.PutValue put ->
          out.message(Wire.RECORD, body -> RecordWire.encode(put.record(), body));
      case KadRequest.AddProvider add -> {
        for (PeerInfo provider : add.providers()) {
          out.bytes(Wire.PROVIDER_PEERS, PeerWire.encode(provider, PeerWire.MAX_ADDRESSES));
        }
      }
      case KadRequest.GetValue _,
          KadRequest.GetProviders _,
          KadRequest.FindNode _,
          KadRequest.Ping _ -> {}
    }
    return out.toByteArray();
  }

  /// Writes a response of at most [#MAX_REPLY_BYTES], leaving out what does not fit: first
  /// addresses, then providers, then closer peers. A value is never cut: if it alone is longer, so
  /// is the response.
  public static byte[] encodeResponse(KadResponse response) {
    if (response instanceof KadResponse.Closer closer) {
      return encodeCloser(closer.closer());
    }
    var head = new ProtoWriter(128);
    writeHead(head, Wire.type(response), key(response));
    record(response)
        .ifPresent(record -> head.message(Wire.RECORD, body -> RecordWire.encode(record, body)));
    List<PeerInfo> providers =
        response instanceof KadResponse.Providers found ? found.providers() : List.of();
    return new Reply(head.toByteArray(), response.closer(), providers).fit(MAX_REPLY_BYTES);
  }

  /// The answer to a FIND_NODE: copies of what each contact keeps ready.
  public static byte[] encodeCloser(List<Contact> closer) {
    var head = new ProtoWriter(2).varint(Wire.TYPE, Wire.FIND_NODE);
    return new Reply(head.toByteArray(), closer, List.of()).fit(MAX_REPLY_BYTES);
  }

  private static void writeHead(ProtoWriter out, int type, Bytes key) {
    if (type != Wire.PUT_VALUE) {
      out.varint(Wire.TYPE, type);
    }
    if (!key.isEmpty()) {
      out.bytes(Wire.KEY, key);
    }
  }

  private static Bytes key(KadResponse response) {
    return switch (response) {
      case KadResponse.Value value -> value.key();
      case KadResponse.Providers providers -> providers.key();
      case KadResponse.Stored stored -> stored.key();
      case KadResponse.ProviderAdded added -> added.key();
      case KadResponse.Closer _, KadResponse.Pong _ -> Bytes.EMPTY;
    };
  }

  private static Optional<Record> record(KadResponse response) {
    return switch (response) {
      case KadResponse.Value value -> value.record();
      case KadResponse.Stored stored -> stored.record();
      case KadResponse.Closer _,
          KadResponse.Providers _,
          KadResponse.ProviderAdded _,
          KadResponse.Pong _ ->
          Optional.empty();
    };
  }

  /// Reads a request. Throws [MalformedException] on one that must be answered by a reset.
  public static KadRequest decodeRequest(byte[] body) {
    Message message = Message.read(body, 0, MAX_ANNOUNCED, PeerWire::decode);
    if (message.type != Wire.PUT_VALUE && body.length > MAX_PLAIN_REQUEST_BYTES) {
      throw MalformedException.onWire("request of " + body.length + " bytes without a value");
    }
    return switch (message.type) {
      case Wire.PUT_VALUE -> new KadRequest.PutValue(message.key, required(message.record));
      case Wire.GET_VALUE -> new KadRequest.GetValue(message.requiredKey());
      case Wire.ADD_PROVIDER -> {
        // Asked first: an address that has been read has lost its `/p2p/…`.
        boolean wantsAck = message.wantsAck();
        yield new KadRequest.AddProvider(
            message.requiredKey(), Contact.infos(message.providers), wantsAck);
      }
      case Wire.GET_PROVIDERS -> new KadRequest.GetProviders(message.requiredKey());
      case Wire.FIND_NODE -> new KadRequest.FindNode(message.requiredKey());
      case Wire.PING -> new KadRequest.Ping();
      default -> throw MalformedException.onWire("message type " + message.type);
    };
  }

  /// Reads the answer to `request`. Throws [MalformedException] on anything else: another type,
  /// another key.
  public static KadResponse decodeResponse(KadRequest request, byte[] body) {
    return decodeResponse(request, body, PeerWire::decode);
  }

  /// The same, with peers read by `peers`: [PeerWire#decode], or the `decode` of a
  /// [io.kadenza.kad.key.SeenContacts].
  public static KadResponse decodeResponse(KadRequest request, byte[] body, PeerReader peers) {
    Message message = Message.read(body, MAX_CLOSER, MAX_PROVIDERS, peers);
    if (message.type != Wire.type(request)) {
      throw MalformedException.onWire(
          "answer of type " + message.type + " to a request of type " + Wire.type(request));
    }
    // Echoing the key is optional; echoing another one is not.
    if (!message.key.isEmpty() && !message.key.equals(request.key())) {
      throw MalformedException.onWire("the answer is about another key");
    }
    return switch (request) {
      case KadRequest.FindNode _ -> new KadResponse.Closer(message.closer);
      case KadRequest.GetValue get ->
          new KadResponse.Value(get.key(), matching(message.record, get.key()), message.closer);
      case KadRequest.GetProviders get ->
          new KadResponse.Providers(get.key(), Contact.infos(message.providers), message.closer);
      case KadRequest.PutValue _ ->
          new KadResponse.Stored(message.key, Optional.ofNullable(message.record));
      case KadRequest.AddProvider _ -> new KadResponse.ProviderAdded(message.key);
      case KadRequest.Ping _ -> new KadResponse.Pong();
    };
  }

  /// Reads one `Peer`; null if it has no valid id.
  @FunctionalInterface
  public interface PeerReader {
    @Nullable Contact read(ProtoReader in);
  }

  private static Record required(@Nullable Record record) {
    if (record == null) {
      throw MalformedException.onWire("PUT_VALUE without a record");
    }
    return record;
  }

  private static Optional<Record> matching(@Nullable Record record, Bytes key) {
    if (record != null && !record.key().equals(key)) {
      throw MalformedException.onWire("the record is of another key");
    }
    return Optional.ofNullable(record);
  }

  /// The fields of a message, whatever its type, each peer list cut at its bound.
  private static final class Message {
    int type = Wire.PUT_VALUE;
    Bytes key = Bytes.EMPTY;
    @Nullable Record record;
    boolean hasSenderRecord;
    final List<Contact> closer = new ArrayList<>();
    final List<Contact> providers = new ArrayList<>();

    static Message read(byte[] body, int maxCloser, int maxProviders, PeerReader peers) {
      if (body.length > MAX_MESSAGE_BYTES) {
        throw MalformedException.onWire("message of " + body.length + " bytes");
      }
      var message = new Message();
      var in = new ProtoReader(body);
      int closerSeen = 0;
      int providersSeen = 0;
      while (in.next()) {
        switch (in.field()) {
          case Wire.TYPE -> message.type = in.int32();
          case Wire.KEY -> message.key = in.value(MAX_MESSAGE_BYTES);
          case Wire.RECORD -> message.record = RecordWire.decode(in.message(MAX_MESSAGE_BYTES));
          case Wire.CLOSER_PEERS -> {
            if (closerSeen++ < maxCloser) {
              add(message.closer, peers.read(in.message(MAX_MESSAGE_BYTES)));
            }
          }
          case Wire.PROVIDER_PEERS -> {
            if (providersSeen++ < maxProviders) {
              add(message.providers, peers.read(in.message(MAX_MESSAGE_BYTES)));
            }
          }
          case Wire.SENDER_RECORD -> message.hasSenderRecord = true;
          default -> in.skip();
        }
      }
      return message;
    }

    private static void add(List<Contact> peers, @Nullable Contact peer) {
      if (peer != null) {
        peers.add(peer);
      }
    }

    /// Whether who sends this ADD_PROVIDER waits for an answer. py-libp2p does; it adds a signed
    /// record, and until 0.2, which has none, it writes `/p2p/…` and itself behind its addresses.
    /// js-libp2p does so too, and reads no answer. Who must get none, since it would take it for
    /// that to its next request, is go-libp2p, whose addresses are plain.
    boolean wantsAck() {
      return hasSenderRecord || providers.stream().anyMatch(Message::namesItself);
    }

    private static boolean namesItself(Contact peer) {
      Bytes id = peer.id().bytes();
      return peer.addressBytes().stream().anyMatch(address -> address.endsWith(id));
    }

    Bytes requiredKey() {
      if (key.isEmpty()) {
        throw MalformedException.onWire("request of type " + type + " without a key");
      }
      return key;
    }
  }
}
