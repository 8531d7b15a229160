package io.kadenza.gossip.mesh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The versions of gossipsub that we speak, the preferred one first.
public enum MeshProtocol {
  V1_1("/meshsub/1.1.0"),
  V1_0("/meshsub/1.0.0");

  /// The protocols' ids in order of preference, for negotiation.
  public static final List<String> IDS = Arrays.stream(values()).map(MeshProtocol::id).toList();

  private final String id;

  MeshProtocol(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /// The version with that protocol id.
  public static Optional<MeshProtocol> of(String id) {
    return Arrays.stream(values()).filter(p -> p.id.equals(id)).findFirst();
  }

  /// Whether a PRUNE may say for how long it holds.
  boolean hasBackoff() {
    return this != V1_0;
  }
}
