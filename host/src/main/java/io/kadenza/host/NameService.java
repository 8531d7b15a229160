package io.kadenza.host;

import java.net.InetAddress;
import java.util.List;

/// Who is asked what the names in addresses stand for. Safe for use by any thread. The calls block,
/// each on a virtual thread of its own, which is interrupted when nobody waits for it any more.
public interface NameService {
  /// The IP addresses of a host, for `/dns`, `/dns4` and `/dns6`; none if the name is not known or
  /// nobody answers.
  List<InetAddress> addresses(String name);

  /// The TXT records of a name, each in one piece, for `/dnsaddr`; none likewise.
  List<String> texts(String name);
}
