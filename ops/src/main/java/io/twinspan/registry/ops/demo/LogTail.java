package io.twinspan.registry.ops.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file. */
final class LogTail {
    /** Enough for any number of lines that fits a screen. */
    private static final int READ_BYTES = 32 << 10;

    private LogTail() {}

    /** At most so many lines, without blank ones at the end; empty when there is nothing to read. */
    static List<String> lines(Path file, int count) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, log.length() - READ_BYTES);
            log.seek(start);
            byte[] end = new byte[(int) (log.length() - start)];
            log.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException nothingWritten) {
            return List.of();
        }
    }
}
