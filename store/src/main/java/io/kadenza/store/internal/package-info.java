/// The database on disk: SQLite in a directory that one process owns.
///
/// Start with [SqliteDatabase].
@NullMarked
package io.kadenza.store.internal;

import org.jspecify.annotations.NullMarked;
