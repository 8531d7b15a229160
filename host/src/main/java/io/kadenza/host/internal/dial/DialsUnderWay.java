package io.kadenza.host.internal.dial;

import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// How many dials are under way to each public host. Until the first of them fails nothing speaks
/// against the host, and many peers who each name a few of its ports would have us knock at all of
/// them at once. Safe for use by any thread.
final class DialsUnderWay {
  /// As many as [DialBackoff] lets fail before it leaves a host alone.
  static final int PER_HOST = DialBackoff.HOST_FAILURES;

  private final Map<InetAddress, Integer> byHost = new HashMap<>();

  /// Begins a dial, to be followed by [#end], unless there are too many.
  ///
  /// @return whether it may begin
  synchronized boolean begin(Multiaddr address) {
    var host = DialBackoff.host(address);
    if (host.isEmpty()) {
      return true;
    }
    int already = byHost.getOrDefault(host.get(), 0);
    if (already == PER_HOST) {
      return false;
    }
    byHost.put(host.get(), already + 1);
    return true;
  }

  synchronized void end(Multiaddr address) {
    DialBackoff.host(address)
        .ifPresent(host -> byHost.computeIfPresent(host, (_, n) -> n > 1 ? n - 1 : null));
  }
}
