package io.kadenza.bench;

import io.kadenza.host.internal.net.StreamSink;

/// One stream of a load: sends requests, checks the answers, reports them to an [Answers] and sends
/// further ones. Confined to the generator's event loop.
interface Caller extends StreamSink {
  /// Sends the first requests.
  void begin();
}
