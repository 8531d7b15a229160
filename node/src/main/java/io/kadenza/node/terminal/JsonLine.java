package io.kadenza.node.terminal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// One JSON object on one line. Everything outside ASCII is escaped, so that no peer's text reaches
/// a terminal as it is. Confined to one thread.
public final class JsonLine {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private JsonLine() {}

  /// Begins an object whose first field says what it is.
  ///
  /// @param schema name and version, such as `kad.get/v1`
  public static JsonLine of(String schema) {
    return new JsonLine().with("schema", schema);
  }

  /// Begins an object without a schema field.
  public static JsonLine plain() {
    return new JsonLine();
  }

  /// Adds a field.
  ///
  /// @param value a text, number, boolean, list or map of these
  public JsonLine with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /// The fields in their order.
  public Map<String, Object> fields() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  @Override
  public String toString() {
    return Mapper.JSON.writeValueAsString(fields);
  }

  /// Loaded when the first line is written: most commands write none.
  private static final class Mapper {
    static final JsonMapper JSON =
        JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  }
}
