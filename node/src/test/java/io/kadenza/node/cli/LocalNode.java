package io.kadenza.node.cli;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.AddressFile;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import java.nio.file.Path;
import java.util.List;

/// Nodes on loopback, for commands to ask.
final class LocalNode {
  private LocalNode() {}

  /// A server whose address commands find in a directory.
  static Node server(Path directory) {
    Node server = of(Network.LOCAL, Part.SERVER);
    new AddressFile(directory.resolve(AddressFile.DEFAULT_NAME)).write(server.addresses());
    return server;
  }

  /// A node that plays some part in some network.
  static Node of(Network network, Part part) {
    return Node.start(
        Identity.generate(KeyType.SECP256K1),
        List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")),
        part,
        network);
  }
}
