package io.kadenza.bench;

/// What a report says beside its figures.
///
/// @param title of its section of the page
/// @param prose how it is measured, in Markdown
/// @param command repeats the run
/// @param place which processors did what
public record Setting(String title, String prose, String command, String place) {}
