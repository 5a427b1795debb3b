package io.twinspan.registry.ops.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcTextTest {
    private static final String TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:2580 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0 0 10 0
               1: 0100007F:2583 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0 100 0 0 10 0
               2: 00000000000000000000000001000000:2583 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4713 1
            """;

    @TempDir
    Path proc;

    @Test
    void listenerIsFoundByPortAndConnectionsAreNotTakenForOne() {
        assertThat(SocketTable.findListener(TABLE.lines(), 9600)).contains("4711");
        assertThat(SocketTable.findListener(TABLE.lines(), 9603)).contains("4713");
        assertThat(SocketTable.findListener(TABLE.lines(), 9604)).isEmpty();
    }

    @Test
    void listenersOnOnePortAreToldApartByTheirAddress() throws IOException {
        String table = """
                   0: 0101007F:2580 00000000:0000 0A 0:0 00:0 0 0 0 1 1
                   1: 0000000000000000FFFF00000102007F:2580 0:0000 0A 0:0 00:0 0 0 0 2 1
                """;

        assertThat(SocketTable.findListener(table.lines(), 9600, InetAddress.getByName("127.0.1.1")))
                .contains("1");
        assertThat(SocketTable.findListener(table.lines(), 9600, InetAddress.getByName("127.0.2.1")))
                .contains("2");
        assertThat(SocketTable.findListener(table.lines(), 9600, InetAddress.getByName("127.0.3.1")))
                .isEmpty();
    }

    @Test
    void processorTimeIsReadBehindACommandWithBracketsAndBlanks() {
        String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 33 0 8870 9 10";

        assertThat(ProcessUsage.processorTimeOf(stat)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void residentMemoryIsReadInBytes() {
        assertThat(ProcessUsage.residentBytesOf("Name:\tjava\nVmRSS:\t  2048 kB\nThreads:\t3\n"))
                .contains(2L << 20);
        assertThat(ProcessUsage.residentBytesOf("Name:\tkthreadd\n")).isEmpty();
    }

    @Test
    void memoryThatCannotBeReadIsUnknown() {
        assertThat(new MemoryReading(proc).available()).isEmpty();
    }

    @Test
    void availableMemoryIsReadInBytes() throws IOException {
        Files.writeString(proc.resolve("meminfo"), "MemTotal:  9000 kB\nMemAvailable:   1024 kB\nSwapFree:  0 kB\n");

        assertThat(new MemoryReading(proc).available()).hasValue(1 << 20);
    }

    @Test
    void ownerOfAPortIsTheProcessThatHoldsItsSocket() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), TABLE);
        Files.createDirectories(proc.resolve("77/fd"));
        Files.createSymbolicLink(proc.resolve("77/fd/5"), Path.of("socket:[4711]"));
        Files.writeString(proc.resolve("77/cmdline"), "java\0-jar\0x.jar\0");

        Listeners listeners = new Listeners(proc);

        assertThat(listeners.find(9600)).contains(77L);
        assertThat(listeners.command(77)).contains("java -jar x.jar");
        assertThat(listeners.find(9603)).isEmpty();
        assertThat(listeners.command(78)).isEmpty();
    }
}
