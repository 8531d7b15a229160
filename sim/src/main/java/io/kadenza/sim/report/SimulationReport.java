package io.kadenza.sim.report;

import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/// What a run has shown. Everything but [#cost] is the same for the same scenario and seed.
///
/// @param traceHash a fingerprint of everything that happened
/// @param virtualNanos how long it lasted
/// @param messages requests and answers that arrived
/// @param requests requests that were sent
/// @param dials connections that were opened, or were to be
/// @param bytes of all requests and answers that were sent
/// @param load how many requests each server received
/// @param sent how many bytes of requests and answers each server sent
/// @param checks how often the checkers looked at the network
public record SimulationReport(
    Scenario scenario,
    String traceHash,
    long virtualNanos,
    int population,
    long messages,
    long requests,
    long dials,
    long bytes,
    Distribution load,
    Distribution sent,
    List<OperationReport> operations,
    List<Sample> samples,
    long checks,
    Cost cost) {
  public SimulationReport {
    operations = List.copyOf(operations);
    samples = List.copyOf(samples);
  }

  /// The measurements of one kind of operation, if there were any.
  public Optional<OperationReport> of(Kind kind) {
    return operations.stream().filter(report -> report.kind() == kind).findFirst();
  }
}
