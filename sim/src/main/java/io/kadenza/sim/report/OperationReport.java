package io.kadenza.sim.report;

import io.kadenza.sim.scenario.Kind;

/// What was measured of one kind of operation.
///
/// @param count how many ended
/// @param success the share that found, or stored somewhere, what it was about; of lookups, those
///   that found the closest peer
/// @param recall the mean share of what there was to find; of lookups, of the k closest that are up
/// @param exact the share that found all of it
/// @param timedOut how many ended because their time was over
/// @param latency virtual nanos
/// @param first virtual nanos to the first value or provider, for those that saw one
/// @param requests requests sent per operation
/// @param dials connections opened per operation by the node that asked, its upkeep's included
/// @param failed requests of the walk that failed, per operation
/// @param hops the mean length of the longest chain of referrals
public record OperationReport(
    Kind kind,
    long count,
    double success,
    double recall,
    double exact,
    long timedOut,
    Distribution latency,
    Distribution first,
    Distribution requests,
    Distribution dials,
    double failed,
    double hops) {}
