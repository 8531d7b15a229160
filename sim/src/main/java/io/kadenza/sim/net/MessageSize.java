package io.kadenza.sim.net;

import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Varint;
import java.util.Optional;

/// How many bytes a message would have in the frame of its stream, without anybody writing it.
/// Peers are counted, not measured: all that [Identities] makes up are of one size. The envelopes
/// of Yamux, Noise and TCP are not included.
final class MessageSize {
  /// A peer in a list: its id of 34 bytes and one address of 8, each with a tag and a length.
  private static final int PEER = 2 + 36 + 10;

  private static final int TYPE = 2;

  /// How a record spells when it was received: a tag, a length and an RFC 3339 time.
  private static final int RECEIVED = 32;

  private MessageSize() {}

  static int of(KadRequest request) {
    return framed(
        switch (request) {
          case KadRequest.PutValue put -> field(put.key()) + record(put.record());
          case KadRequest.AddProvider add ->
              TYPE + field(add.key()) + PEER * add.providers().size();
          case KadRequest.FindNode _,
              KadRequest.GetValue _,
              KadRequest.GetProviders _,
              KadRequest.Ping _ ->
              TYPE + field(request.key());
        });
  }

  static int of(KadResponse response) {
    int peers = PEER * response.closer().size();
    return framed(
        switch (response) {
          case KadResponse.Closer _, KadResponse.Pong _ -> TYPE + peers;
          case KadResponse.Value value ->
              TYPE + field(value.key()) + record(value.record()) + peers;
          case KadResponse.Providers found ->
              TYPE + field(found.key()) + PEER * found.providers().size() + peers;
          case KadResponse.Stored stored -> field(stored.key()) + record(stored.record());
          case KadResponse.ProviderAdded added -> TYPE + field(added.key());
        });
  }

  private static int record(Optional<Record> record) {
    return record.isPresent() ? record(record.get()) : 0;
  }

  private static int record(Record record) {
    int body =
        field(record.key()) + field(record.value()) + (record.received().isEmpty() ? 0 : RECEIVED);
    return framed(body) + 1;
  }

  private static int field(Bytes bytes) {
    return bytes.isEmpty() ? 0 : 1 + framed(bytes.size());
  }

  private static int framed(int size) {
    return Varint.size(size) + size;
  }
}
