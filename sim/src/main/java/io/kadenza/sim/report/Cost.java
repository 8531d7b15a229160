package io.kadenza.sim.report;

/// What a run took on the machine that ran it: the only part of a report that differs from run to
/// run.
///
/// @param setupSeconds CPU time until the network stood
/// @param runSeconds CPU time of the virtual time itself
/// @param wallSeconds of both
/// @param nodeHoursPerSecond virtual hours times nodes, per CPU second of `runSeconds`
/// @param messagesPerSecond per CPU second of `runSeconds`
/// @param heapBytesPerNode the live heap over the nodes when the network stood, zero if it was not
///   measured
public record Cost(
    double setupSeconds,
    double runSeconds,
    double wallSeconds,
    double nodeHoursPerSecond,
    double messagesPerSecond,
    long heapBytesPerNode) {}
