/// Names that point at changing content: the records of the namespace `ipns`.
///
/// Start with [IpnsValidator], or with [IpnsRecord] to make one. Immutable and safe from any
/// thread. Spec: IPNS record and protocol (ipfs/specs, `src/ipns/ipns-record.md`).
@NullMarked
package io.kadenza.kad.record.ipns;

import org.jspecify.annotations.NullMarked;
