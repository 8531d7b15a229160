package io.kadenza.node.cli;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Bytes for people: sixteen a line, with their place and what of them is ASCII.
final class HexDump {
  private static final int PER_LINE = 16;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private HexDump() {}

  static List<String> lines(byte[] data) {
    var lines = new ArrayList<String>();
    for (int at = 0; at < data.length; at += PER_LINE) {
      int end = Math.min(data.length, at + PER_LINE);
      String hex = HEX.formatHex(data, at, end);
      lines.add(String.format("%08x  %-47s  |%s|", at, hex, ascii(data, at, end)));
    }
    return lines;
  }

  private static String ascii(byte[] data, int from, int to) {
    var text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(data[i] >= 0x20 && data[i] < 0x7f ? (char) data[i] : '.');
    }
    return text.toString();
  }
}
