package io.kadenza.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.crypto.Identity;
import io.kadenza.host.internal.ListenAddresses;
import io.kadenza.host.internal.dial.SystemNames;
import io.kadenza.host.internal.identify.IdentifyMessage;
import io.kadenza.multiformats.Multiaddr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Gathers what a [Host] needs. One thread at a time.
public final class HostBuilder {
  /// What a host calls itself in identify if nothing else is said.
  public static final String AGENT = "kadenza/0.1.0";

  private final Identity identity;
  private final List<Multiaddr> listen = new ArrayList<>();
  private Limits limits = Limits.defaults();
  private String agent = AGENT;
  private NameService names = new SystemNames();

  HostBuilder(Identity identity) {
    this.identity = Objects.requireNonNull(identity);
  }

  /// Adds an address to listen on, such as `/ip4/0.0.0.0/tcp/4001`; port 0 takes a free one.
  /// `/ip6/::` takes IPv4 as well. Without any, the host only dials.
  ///
  /// @throws io.kadenza.multiformats.MalformedException if it is not a multiaddr
  public HostBuilder listen(String... addresses) {
    for (String address : addresses) {
      listen.add(Multiaddr.parse(address));
    }
    return this;
  }

  /// Adds addresses to listen on.
  public HostBuilder listen(List<Multiaddr> addresses) {
    listen.addAll(addresses);
    return this;
  }

  /// What strangers may cost; [Limits#defaults] unless set.
  public HostBuilder limits(Limits granted) {
    this.limits = Objects.requireNonNull(granted);
    return this;
  }

  /// What the host calls itself in identify, such as `my-application/1.2`; [#AGENT] unless set.
  ///
  /// @throws IllegalArgumentException if it takes more than 256 bytes: peers would not read it, nor
  ///   what else the host says of itself
  public HostBuilder agent(String name) {
    int bytes = name.getBytes(UTF_8).length;
    if (bytes > IdentifyMessage.TEXT_MAX) {
      throw new IllegalArgumentException(
          "an agent has at most " + IdentifyMessage.TEXT_MAX + " bytes, not " + bytes);
    }
    this.agent = name;
    return this;
  }

  /// Who is asked for the names in addresses; the operating system unless set.
  public HostBuilder names(NameService service) {
    this.names = Objects.requireNonNull(service);
    return this;
  }

  /// Starts the host. It listens when this returns.
  ///
  /// @throws ListenException if an address cannot be listened on; nothing is left behind then
  public Host start() {
    return Host.start(
        identity, List.copyOf(listen), limits, agent, names, ListenAddresses::ofMachine);
  }
}
