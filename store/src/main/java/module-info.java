/// Durable bytes in named tables.
///
/// Start with [io.kadenza.store.Store].
module io.kadenza.store {
  requires static transitive org.jspecify;
  requires transitive io.kadenza.multiformats;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports io.kadenza.store;
}
