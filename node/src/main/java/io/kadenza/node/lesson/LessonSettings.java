package io.kadenza.node.lesson;

import io.kadenza.crypto.Identity;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.AddressFile;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import io.kadenza.node.Seed;
import io.kadenza.node.control.ControlPlace;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `kad run` was told.
///
/// @param node which node is to run
/// @param ways where it meets others
/// @param control where the node answers its user's commands
/// @param verbose whether to print a status line every ten seconds
public record LessonSettings(Self node, Ways ways, ControlPlace control, boolean verbose) {
  /// The node itself.
  ///
  /// @param data where to keep what outlives the node; null if nothing does
  /// @param dual whether the network's local form is kept beside it
  public record Self(
      Identity identity,
      @Nullable Path data,
      Part part,
      Network network,
      boolean dual,
      List<Multiaddr> listen) {
    public Self {
      listen = List.copyOf(listen);
    }

    Node start() {
      return dual
          ? Node.startDual(identity, listen, part, network, data)
          : Node.start(identity, listen, part, network, data);
    }

    /// Whether others are to begin here: the address is written down, and nobody else's is looked
    /// for.
    boolean isServer() {
      return part != Part.CLIENT;
    }
  }

  /// The ways into the network.
  ///
  /// @param alone whether nobody is to be dialled at the start
  /// @param bootstrap addresses to join the network by, with or without a peer id
  /// @param saved what a client without `bootstrap` has found in the address file
  /// @param addressFile where a server writes its address
  public record Ways(
      boolean alone, List<Seed> bootstrap, List<Seed> saved, AddressFile addressFile) {
    public Ways {
      bootstrap = List.copyOf(bootstrap);
      saved = List.copyOf(saved);
    }
  }
}
