package io.kadenza.kad.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.SeenContacts;
import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

class KadCodecFuzzTest {
  private static final Bytes KEY = Bytes.utf8("key");

  @FuzzTest
  void requests(byte[] body) {
    KadRequest request;
    try {
      request = KadCodec.decodeRequest(body);
    } catch (MalformedException expected) {
      return;
    }
    // Whatever is read can be written, and is the same when it is read again.
    assertThat(KadCodec.decodeRequest(KadCodec.encodeRequest(withoutAck(request))))
        .isEqualTo(withoutAck(request));
  }

  private static KadRequest withoutAck(KadRequest request) {
    return request instanceof KadRequest.AddProvider(var key, List<PeerInfo> providers, _)
        ? new KadRequest.AddProvider(key, providers, false)
        : request;
  }

  @FuzzTest
  void responses(FuzzedDataProvider data) {
    KadRequest request =
        data.pickValue(
            List.of(
                new KadRequest.FindNode(KEY),
                new KadRequest.GetValue(KEY),
                new KadRequest.PutValue(new Record(KEY, Bytes.EMPTY)),
                new KadRequest.GetProviders(KEY),
                new KadRequest.AddProvider(KEY, List.of(), true),
                new KadRequest.Ping()));
    try {
      byte[] body = data.consumeRemainingAsBytes();
      KadResponse response = KadCodec.decodeResponse(request, body);
      var seen = new SeenContacts();
      for (int i = 0; i < 2; i++) {
        assertThat(KadCodec.decodeResponse(request, body, seen::decode)).isEqualTo(response);
      }
      assertThat(response.closer()).hasSizeLessThanOrEqualTo(KadCodec.MAX_CLOSER);
      response.closer().forEach(Contact::info);
      KadCodec.encodeResponse(response);
    } catch (MalformedException expected) {
      return;
    }
  }
}
