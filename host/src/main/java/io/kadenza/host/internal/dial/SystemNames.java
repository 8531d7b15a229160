package io.kadenza.host.internal.dial;

import io.kadenza.host.NameService;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/// Names as the operating system is set up to resolve them.
public final class SystemNames implements NameService {
  @Override
  public List<InetAddress> addresses(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException unknown) {
      return List.of();
    }
  }

  @Override
  public List<String> texts(String name) {
    try {
      var session = LookupSession.defaultBuilder().build();
      var result =
          session.lookupAsync(Name.fromString(name + "."), Type.TXT).toCompletableFuture().join();
      List<String> texts = new ArrayList<>();
      for (var record : result.getRecords()) {
        if (record instanceof TXTRecord txt) {
          texts.add(String.join("", txt.getStrings()));
        }
      }
      return texts;
    } catch (TextParseException | CompletionException unknown) {
      return List.of();
    }
  }
}
