package io.kadenza.bench;

import java.util.List;

/// A program that takes part.
///
/// @param name as the table shows it
/// @param version of what it stands on
/// @param command starts it; it writes its address, then serves until its standard input ends
/// @param tells whether it answers questions on its standard input, as [KadServer] does; one that
///   does not comes with its routing table full
public record Contender(String name, String version, List<String> command, boolean tells) {
  public Contender {
    command = List.copyOf(command);
  }
}
