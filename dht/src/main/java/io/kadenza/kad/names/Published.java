package io.kadenza.kad.names;

import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;

/// The end of an attempt to publish.
///
/// @param record what was signed
/// @param stored who has it now
public record Published(IpnsName name, IpnsRecord record, Outcome.Stored stored) {}
