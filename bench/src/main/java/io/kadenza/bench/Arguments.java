package io.kadenza.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A command line of options with a value each. Immutable.
public final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// Reads the command line.
  ///
  /// @throws IllegalArgumentException if there is anything but these options
  public static Arguments parse(Set<String> options, String... args) {
    var values = new HashMap<String, String>();
    Iterator<String> words = Arrays.asList(args).iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (!options.contains(option)) {
        throw new IllegalArgumentException("there is no option " + option);
      }
      if (!words.hasNext()) {
        throw new IllegalArgumentException("what is " + option + " to be?");
      }
      values.put(option, words.next());
    }
    return new Arguments(values);
  }

  /// A number, and which it is if nothing is said.
  public int number(String option, int least, int otherwise) {
    String value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        option + " takes a number, " + least + " at least, not " + value);
  }

  public String word(String option, String otherwise) {
    return values.getOrDefault(option, otherwise);
  }

  /// Words with commas between them.
  public List<String> list(String option, List<String> otherwise) {
    String value = values.get(option);
    return value == null ? otherwise : List.of(value.split(",", -1));
  }

  /// Some of these words, or all.
  public List<String> choice(String option, List<String> known) {
    List<String> chosen = list(option, known);
    if (!known.containsAll(chosen)) {
      throw new IllegalArgumentException(option + " takes " + known);
    }
    return chosen;
  }

  /// Words with blanks between them.
  public List<String> words(String option) {
    String value = values.getOrDefault(option, "").strip();
    return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
  }

  public @Nullable Path file(String option) {
    String value = values.get(option);
    return value == null ? null : Path.of(value);
  }
}
