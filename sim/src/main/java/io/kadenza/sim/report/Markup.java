package io.kadenza.sim.report;

/// What pages have in common.
final class Markup {
  /// How many colours the style knows.
  static final int COLOURS = 6;

  static final String STYLE =
      """
      :root{--ink:#1b1f24;--paper:#fff;--soft:#d9dee4;--c0:#0b66c3;--c1:#c2410c;--c2:#15803d;
      --c3:#7e22ce;--c4:#a16207;--c5:#0f766e}
      @media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--paper:#14171b;--soft:#333a44;
      --c0:#6cb2ff;--c1:#ff9a62;--c2:#6ede8f;--c3:#c99bff;--c4:#f0c24b;--c5:#5fd6c9}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
      max-width:1360px;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse;font-variant-numeric:tabular-nums}
      th,td{padding:.2rem .8rem;text-align:right;border-bottom:1px solid var(--soft)}
      th:first-child,td:first-child{text-align:left}
      main{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(480px,100%),1fr))}
      figure{margin:0}
      figcaption{font-weight:600}svg{width:100%;height:auto}svg text{font-size:11px;fill:var(--ink)}
      .y{text-anchor:end}.x{text-anchor:middle}.grid{stroke:var(--soft)}
      polyline{fill:none;stroke-width:2}.legend{margin:0;font-size:13px}
      polyline.c0{stroke:var(--c0)}polyline.c1{stroke:var(--c1)}polyline.c2{stroke:var(--c2)}
      polyline.c3{stroke:var(--c3)}polyline.c4{stroke:var(--c4)}polyline.c5{stroke:var(--c5)}
      span.c0{color:var(--c0)}span.c1{color:var(--c1)}span.c2{color:var(--c2)}
      span.c3{color:var(--c3)}span.c4{color:var(--c4)}span.c5{color:var(--c5)}
      pre{overflow-x:auto}
      """;

  private Markup() {}

  /// Text with nothing in it that a browser would act on.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
