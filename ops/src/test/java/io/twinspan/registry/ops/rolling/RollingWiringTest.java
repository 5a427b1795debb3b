package io.twinspan.registry.ops.rolling;

import static io.twinspan.registry.datacenter.NodeRole.DATA;
import static io.twinspan.registry.datacenter.NodeRole.META;
import static io.twinspan.registry.datacenter.NodeRole.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the procedure stands on: commands, the journal, how nodes are called and what the slot table says. */
class RollingWiringTest {
    private static final Endpoint META_HTTP = new Endpoint("10.0.0.1", 9615);

    @TempDir
    Path folder;

    @Test
    void theCommandOfANodeHoldsItsNameHostOrAddress() {
        RollingNode node = new RollingNode("registry-1", "id", Map.of(META, META_HTTP));

        assertThat(ShellRestarts.command("ssh {node} restart", node)).isEqualTo("ssh registry-1 restart");
        assertThat(ShellRestarts.command("x {host} {address}", node)).isEqualTo("x 10.0.0.1 10.0.0.1:9615");
        assertThatThrownBy(() -> ShellRestarts.command("systemctl restart twinspan", node))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no node");
    }

    @Test
    void aNameThatWouldMeanSomethingToTheShellIsRefused() {
        for (String name : List.of("a;b", "$(x)", "-rf", "a b", "")) {
            RollingNode node = new RollingNode(name, "id", Map.of(META, META_HTTP));
            assertThatThrownBy(() -> ShellRestarts.command("ssh {node}", node))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--name");
        }
    }

    @Test
    void aCommandThatFailsOrHangsIsToldWithItsLastWords() throws Exception {
        RollingNode node = new RollingNode("n1", "id", Map.of(META, META_HTTP));
        Path log = folder.resolve("run.log");
        ShellRestarts restarts = new ShellRestarts(Duration.ofSeconds(20), log);

        assertThat(restarts.restart(List.of(node), "echo restarted {node}")).isEmpty();
        assertThat(restarts.restart(List.of(node), "echo no such host {node}; exit 255"))
                .containsExactly("the command for n1 (meta) ended with 255; it said: no such host n1");
        assertThat(Files.readString(log)).contains("--- n1 (meta)\nrestarted n1\n", "no such host n1");
        assertThat(new ShellRestarts(Duration.ofMillis(200), log).restart(List.of(node), "sleep 60; echo {node}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("did not end within 0 s and was killed");
    }

    @Test
    void theJournalIsReadAsItWasWrittenAndOneRunHasIt() {
        FakeDatacenter east =
                new FakeDatacenter().with("a", META, DATA, SESSION).with("b", META, DATA, SESSION);
        RollingJournal journal = east.begin(2).restarting(Map.of("id-a", "1.0")).halted("why");
        Path path = folder.resolve("deep").resolve("journal.json");
        try (JournalFile file = new JournalFile(path);
                JournalFile other = new JournalFile(path)) {
            assertThat(file.load()).isEmpty();
            assertThat(file.take()).isTrue();
            assertThat(other.take()).isFalse();
            file.save(journal);
            assertThat(other.load()).contains(journal);
        }
        try (JournalFile next = new JournalFile(path)) {
            assertThat(next.take()).isTrue();
        }
    }

    @Test
    void aJournalThatIsNoneIsRefusedByName() throws Exception {
        Path path = Files.writeString(folder.resolve("journal.json"), "{\"half\":");
        try (JournalFile file = new JournalFile(path)) {
            assertThatThrownBy(file::load)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    @Test
    void nodesAreCalledByHostOrWhereSeveralShareItByAddressOrAsTheOperatorSays() {
        Map<String, Map<NodeRole, Endpoint>> alone = new LinkedHashMap<>();
        alone.put("x", Map.of(META, META_HTTP));
        alone.put("y", Map.of(META, new Endpoint("10.0.0.2", 9615)));
        assertThat(names(alone, Map.of("10.0.0.2", "east-2"))).containsExactly("10.0.0.1", "east-2");

        Map<String, Map<NodeRole, Endpoint>> shared = new LinkedHashMap<>();
        shared.put("x", Map.of(META, META_HTTP));
        shared.put("y", Map.of(DATA, new Endpoint("10.0.0.1", 9622)));
        assertThat(names(shared, Map.of("10.0.0.1:9622", "data-1"))).containsExactly("10.0.0.1:9615", "data-1");
        assertThatThrownBy(() -> names(shared, Map.of("10.0.0.9", "nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.9");
        assertThatThrownBy(() -> names(alone, Map.of("10.0.0.2", "10.0.0.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("called the same");
    }

    @Test
    void slotsThatWarmAndFollowersThatAreBehindAreUnrest() {
        assertThat(calm("{'slots':[{'state':'settled','followers':[{'state':'current'}]}]}"))
                .isEqualTo(new DatacenterSight(FakeDatacenter.BEFORE, 2, ""));
        assertThat(
                        calm(
                                "{'slots':[{'state':'warming','followers':[]},{'state':'settled','followers':[{'state':'behind'}]}]}"))
                .isEqualTo(new DatacenterSight(
                        FakeDatacenter.BEFORE, 1, "of 2 slots 1 are not settled, and of 1 a follower is behind"));
        assertThat(calm("{'slots':[]}").unrest()).isNotEmpty();
    }

    private static DatacenterSight calm(String json) {
        return new SlotCalm(JsonMapper.shared().readTree(json.replace('\'', '"'))).with(FakeDatacenter.BEFORE);
    }

    private static List<String> names(Map<String, Map<NodeRole, Endpoint>> byId, Map<String, String> names) {
        return new NodeDiscovery(META_HTTP, names)
                .named(byId).stream().map(RollingNode::name).toList();
    }
}
