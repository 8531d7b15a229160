/// Names that point at changing content: the records of the namespace `ipns`.
///
/// Start with [IpnsName], and with [IpnsRecord] to make a record or to rely on one; [IpnsValidator]
/// is the DHT's side of it. Immutable and safe from any thread. Spec: IPNS record and protocol
/// (ipfs/specs, `src/ipns/ipns-record.md`).
@NullMarked
package io.kadenza.kad.record.ipns;

import org.jspecify.annotations.NullMarked;
