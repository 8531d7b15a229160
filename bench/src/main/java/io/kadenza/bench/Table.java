package io.kadenza.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rows of cells, the first being the head, as aligned text or as Markdown.
final class Table {
  private Table() {}

  static String text(List<List<String>> rows) {
    return render(rows, "", "  ", "").collect(Collectors.joining("\n"));
  }

  static String markdown(List<List<String>> rows) {
    List<String> lines = render(rows, "| ", " | ", " |").toList();
    String rule = "|---|" + "---:|".repeat(rows.getFirst().size() - 1);
    return lines.getFirst()
        + "\n"
        + rule
        + "\n"
        + lines.stream().skip(1).map(line -> line + "\n").collect(Collectors.joining());
  }

  private static Stream<String> render(
      List<List<String>> rows, String left, String between, String right) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(row -> {
          var line = new StringBuilder(left);
          for (int i = 0; i < columns; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? row.get(i) + padding : padding + row.get(i));
            line.append(i == columns - 1 ? right : between);
          }
          return line.toString();
        });
  }
}
