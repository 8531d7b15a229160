/// What a provider record costs: memory, and time to add and to read it.
///
/// Start with [ProviderRecords]; `bench/providers` runs it.
@NullMarked
package io.kadenza.bench.providers;

import org.jspecify.annotations.NullMarked;
