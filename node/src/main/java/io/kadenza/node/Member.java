package io.kadenza.node;

import io.kadenza.kad.Dht;
import io.kadenza.kad.Network;

/// A node's part in one network.
public record Member(Network network, Dht dht) {}
