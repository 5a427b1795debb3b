package io.twinspan.registry.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterDiskTest {
    @TempDir
    private Path folder;

    @Test
    void aFileThatIsNoClusterIsSetAside() throws IOException {
        Path file = folder.resolve("cluster.bin");
        Files.writeString(file, "nonsense");
        assertThat(new ClusterDisk(file).load()).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(folder.resolve("cluster.bin.bad")).exists();
    }
}
