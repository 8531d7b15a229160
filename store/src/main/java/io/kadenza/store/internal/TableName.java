package io.kadenza.store.internal;

import java.util.regex.Pattern;

/// What a table may be called. Names become part of statements.
public final class TableName {
  private static final Pattern NAME = Pattern.compile("[a-z_]{1,32}");

  private TableName() {}

  public static boolean isRight(String name) {
    return NAME.matcher(name).matches();
  }
}
