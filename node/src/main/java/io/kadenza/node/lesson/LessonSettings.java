package io.kadenza.node.lesson;

import io.kadenza.crypto.Identity;
import io.kadenza.kad.Network;
import io.kadenza.kad.engine.Mode;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.AddressFile;
import io.kadenza.node.control.ControlPlace;
import java.util.List;

/// What `kad run` was told.
///
/// @param bootstrap addresses to join the network by, with or without a peer id
/// @param addressFile where a server writes its address, and a client without `bootstrap` looks
/// @param control where the node answers its user's commands
/// @param verbose whether to print a status line every ten seconds
public record LessonSettings(
    Identity identity,
    Mode mode,
    Network network,
    List<Multiaddr> listen,
    List<Multiaddr> bootstrap,
    AddressFile addressFile,
    ControlPlace control,
    boolean verbose) {
  public LessonSettings {
    listen = List.copyOf(listen);
    bootstrap = List.copyOf(bootstrap);
  }

  boolean isServer() {
    return mode == Mode.SERVER;
  }

  /// The mode as the lesson spells it.
  String modeName() {
    return isServer() ? "server" : "client";
  }
}
