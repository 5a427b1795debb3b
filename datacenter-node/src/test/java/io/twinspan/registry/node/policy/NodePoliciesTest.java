package io.twinspan.registry.node.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.policy.ViewPolicy;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePoliciesTest {
    private static final PolicyTable SEVEN = new PolicyTable(
            7,
            List.of(
                    new PolicyRule(
                            new PolicyTarget("west", "SOFA", "a.\"b\".*"),
                            FetchPolicy.WARM,
                            false,
                            ViewPolicy.ownFirst(3)),
                    new PolicyRule(PolicyTarget.all(), FetchPolicy.NEVER, null, ViewPolicy.OWN_ONLY)));

    @TempDir
    private Path home;

    private final ManualEventLoop loop = new ManualEventLoop();

    @Test
    void aNewerTableComesIntoForceIsToldAndSurvivesARestart() {
        NodePolicies policies = open();
        List<PolicyTable> told = new ArrayList<>();
        policies.onChange(told::add);

        policies.offer(SEVEN);
        loop.runDue();

        assertThat(policies.current()).isEqualTo(SEVEN);
        assertThat(told).containsExactly(SEVEN);
        assertThat(open().current()).isEqualTo(SEVEN);
    }

    @Test
    void anOlderOrEqualTableAndNoTableAtAllChangeNothing() {
        NodePolicies policies = open();
        policies.offer(SEVEN);
        loop.runDue();
        List<PolicyTable> told = new ArrayList<>();
        policies.onChange(told::add);

        policies.offer(PolicyTable.EMPTY);
        policies.offer(new PolicyTable(7, List.of()));
        loop.runDue();

        assertThat(policies.current()).isEqualTo(SEVEN);
        assertThat(told).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsSetAside() throws IOException {
        Files.writeString(home.resolve("policies.json"), "{\"version\":");

        assertThat(open().current()).isEqualTo(PolicyTable.EMPTY);
        assertThat(home.resolve("policies.json.bad")).exists();
        assertThat(home.resolve("policies.json")).doesNotExist();
    }

    @Test
    void aDiskThatCannotBeWrittenKeepsNothingOutOfForce() {
        NodePolicies policies =
                new NodePolicies(new PolicyDisk(home.resolve("no-such-folder").resolve("policies.json")), loop);

        policies.offer(SEVEN);
        loop.runDue();

        assertThat(policies.current()).isEqualTo(SEVEN);
    }

    private NodePolicies open() {
        return new NodePolicies(new PolicyDisk(home.resolve("policies.json")), loop);
    }
}
