package io.kadenza.host;

/// Whether strangers can connect to this host, as far as it can tell, and why it thinks so.
///
/// Judged by what happens: peers of several networks connect, or do not; a service that dials back,
/// such as AutoNAT, reports to [Host#probed]. One neighbourhood alone decides nothing.
public enum Reachability {
  /// The host listens nowhere.
  NOT_LISTENING,
  /// Its addresses are private or loopback ones, and nobody outside has told it of another.
  LOCAL,
  /// It has a public address, and nobody outside has connected to it yet: there may be a firewall.
  UNCONFIRMED,
  /// Peers outside see it at an address where it does not listen, and none has connected to it: a
  /// router translates addresses.
  TRANSLATED,
  /// A service that dials back could not.
  UNREACHABLE,
  /// Peers of several networks have connected to it, or a service that dials back could.
  PUBLIC
}
