/// IPNS on the DHT: names that are peer ids, and what they point at for now.
///
/// Start with [Names]. Safe for use by any thread. Spec: IPNS record and protocol (ipfs/specs,
/// `src/ipns/ipns-record.md`). DNSLink, which is names in the domain system, is not here.
@NullMarked
package io.kadenza.kad.names;

import org.jspecify.annotations.NullMarked;
