package io.kadenza.host.internal.dial;

import io.kadenza.host.NameService;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/// Names as the operating system is set up to resolve them.
public final class SystemNames implements NameService {
  /// Questions for addresses under way at a time; further ones wait. The system's resolver keeps a
  /// thread of the kernel's until it has an answer or gives up, which takes it ten seconds or more
  /// where a name server is silent, and virtual threads have 256 of these in all by default: with
  /// none left, whatever runs on one would stand still. And peers can name any names.
  static final int AT_ONCE = 64;

  private final Semaphore free = new Semaphore(AT_ONCE, true);
  private final Lookup lookup;

  /// The system's resolver.
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  public SystemNames() {
    this(InetAddress::getAllByName);
  }

  SystemNames(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public List<InetAddress> addresses(String name) {
    try {
      free.acquire();
    } catch (InterruptedException nobodyWaitsForIt) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    try {
      return List.of(lookup.addresses(name));
    } catch (UnknownHostException unknown) {
      return List.of();
    } finally {
      free.release();
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
