package io.kadenza.gossip.rpc;

/// An announcement: the sender joins or leaves a topic.
///
/// @param subscribe whether it joins
public record SubOpts(boolean subscribe, String topic) {}
