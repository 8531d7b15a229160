package io.kadenza.gossip.rpc;

/// The sender has taken the receiver into its mesh for a topic.
public record Graft(String topic) {}
