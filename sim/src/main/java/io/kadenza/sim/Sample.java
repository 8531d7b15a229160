package io.kadenza.sim;

/// The state of the network at one time.
///
/// @param at virtual nanos
/// @param up how many nodes are up
/// @param tableMean the mean number of peers in the tables of servers that are up
/// @param tableMin the smallest
/// @param staleShare the share of table entries that are off
/// @param messages delivered since the last sample
public record Sample(
    long at, int up, double tableMean, int tableMin, double staleShare, long messages) {}
