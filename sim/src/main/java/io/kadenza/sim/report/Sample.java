package io.kadenza.sim.report;

/// The state of the network at one time.
///
/// @param at virtual nanos
/// @param up how many nodes are up
/// @param tableMean the mean number of peers in the tables of servers that are up
/// @param tableMin the smallest
/// @param staleShare the share of table entries that are off
/// @param lyingShare the share of table entries that are liars
/// @param neighbours the mean share of its k closest peers that a server knows, of those that are
///   up and honest
/// @param copies the mean number of honest nodes that are up and hold a record, over the values and
///   keys that somebody was told of
/// @param copiesMin the smallest
/// @param messages delivered since the last sample
/// @param bytes of the requests and answers sent since the last sample
public record Sample(
    long at,
    int up,
    double tableMean,
    int tableMin,
    double staleShare,
    double lyingShare,
    double neighbours,
    double copies,
    int copiesMin,
    long messages,
    long bytes) {}
