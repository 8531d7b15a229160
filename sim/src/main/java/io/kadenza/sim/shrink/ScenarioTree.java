package io.kadenza.sim.shrink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// A scenario file as keys and values, whatever they mean, so that a part can be left out or made
/// smaller and the rest stays as it is. Immutable: a change makes a new tree.
///
/// What is not a map or a list is the text of a scalar. Only files that were read as a scenario are
/// made into trees, and such scalars need no quotes.
final class ScenarioTree {
  private final Map<String, Object> root;

  private ScenarioTree(Map<String, Object> root) {
    this.root = root;
  }

  /// @param text what [io.kadenza.sim.scenario.ScenarioFile] has read without an objection
  static ScenarioTree of(String text) {
    var settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    var root = new LinkedHashMap<String, Object>();
    if (new Load(settings).loadFromString(text) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> root.put(String.valueOf(key), value));
    }
    return new ScenarioTree(root);
  }

  /// Where a value stands: keys, and places in lists as numbers.
  record Path(List<Object> steps) {
    static Path of(Object... steps) {
      return new Path(List.of(steps));
    }

    Path {
      steps = List.copyOf(steps);
    }

    Path then(Object step) {
      var longer = new ArrayList<>(steps);
      longer.add(step);
      return new Path(longer);
    }

    @Override
    public String toString() {
      var out = new StringBuilder();
      for (Object step : steps) {
        out.append(step instanceof Integer place ? "[" + place + "]" : "." + step);
      }
      return out.substring(1);
    }
  }

  /// All values below the root with their places, containers before what is in them.
  Map<Path, Object> values() {
    var values = new LinkedHashMap<Path, Object>();
    collect(new Path(List.of()), root, values);
    values.remove(new Path(List.of()));
    return values;
  }

  private static void collect(Path path, Object value, Map<Path, Object> into) {
    into.put(path, value);
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> collect(path.then(key), inner, into));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(path.then(i), list.get(i), into);
      }
    }
  }

  /// The tree with another scalar in one place; the last key may be new.
  ScenarioTree with(Path path, String scalar) {
    return new ScenarioTree(changed(root, path.steps, scalar));
  }

  /// The tree without one of its values.
  ScenarioTree without(Path path) {
    return new ScenarioTree(changed(root, path.steps, null));
  }

  private static Map<String, Object> changed(
      Map<?, ?> map, List<Object> steps, @Nullable String scalar) {
    var copy = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> copy.put((String) key, value));
    String key = (String) steps.getFirst();
    Object inner = changedInside(copy.get(key), steps, scalar);
    if (inner == null) {
      copy.remove(key);
    } else {
      copy.put(key, inner);
    }
    return copy;
  }

  private static @Nullable Object changedInside(
      @Nullable Object value, List<Object> steps, @Nullable String scalar) {
    List<Object> rest = steps.subList(1, steps.size());
    if (rest.isEmpty()) {
      return scalar;
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<Object>(list);
      int place = (Integer) rest.getFirst();
      Object inner = changedInside(copy.get(place), rest, scalar);
      if (inner == null) {
        copy.remove(place);
      } else {
        copy.set(place, inner);
      }
      return copy;
    }
    return value instanceof Map<?, ?> map ? changed(map, rest, scalar) : null;
  }

  /// As a scenario file.
  String yaml() {
    var out = new StringBuilder();
    root.forEach((key, value) -> write(out.append(key).append(": "), value).append('\n'));
    return out.toString();
  }

  private static StringBuilder write(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(out.append(separator).append(entry.getKey()).append(": "), entry.getValue());
        separator = ", ";
      }
      return out.append(map.isEmpty() ? "{}" : "}");
    }
    if (value instanceof List<?> list) {
      String separator = "[";
      for (Object item : list) {
        write(out.append(separator), item);
        separator = ", ";
      }
      return out.append(list.isEmpty() ? "[]" : "]");
    }
    return out.append(value);
  }
}
