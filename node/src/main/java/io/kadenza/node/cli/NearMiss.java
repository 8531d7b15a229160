package io.kadenza.node.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What somebody may have meant who typed something that there is not.
final class NearMiss {
  private static final int MOST = 3;

  private NearMiss() {}

  /// The nearest of the words that there are, if any is near: a word that begins so, or one that
  /// few slips of the fingers away. At most three, the best first.
  static List<String> of(String typed, Collection<String> words) {
    // One slip in every three letters; a word of two or three letters may have one.
    int slips = Math.max(1, typed.length() / 3);
    return words.stream()
        .filter(word -> isBeginning(typed, word) || slips(typed, word) <= slips)
        .sorted(
            Comparator.<String>comparingInt(
                    word -> isBeginning(typed, word) ? 0 : slips(typed, word))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static boolean isBeginning(String typed, String word) {
    return typed.length() >= 2 && word.startsWith(typed);
  }

  /// How many letters have to be put in, left out, replaced, or exchanged with their neighbour to
  /// make one word of the other (Damerau and Levenshtein).
  static int slips(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        best = Math.min(best, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
