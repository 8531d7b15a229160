/// The story that `kad run` tells: that of the universal-connectivity workshop's Kademlia lesson,
/// line by line, so that what checks the lesson's own program checks this one too.
///
/// Start with [LessonRun]. Its lines go to standard output from several threads, each line whole.
@NullMarked
package io.kadenza.node.lesson;

import org.jspecify.annotations.NullMarked;
