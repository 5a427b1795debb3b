package io.twinspan.registry.node.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFederationTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Set<DatacenterId> ALL = Set.of(EAST, WEST);
    private static final FederationState FIRST = active(FederationState.NONE, EAST);
    private static final FederationState SECOND = active(FIRST, WEST);
    private static final FederationState CONFLICT = SECOND.merge(active(FIRST, EAST));

    @TempDir
    private Path home;

    private final ManualEventLoop loop = new ManualEventLoop();

    @Test
    void whatIsHeardIsToldAndSurvivesARestartWithItsConflict() {
        NodeFederation node = open();
        List<FederationView> told = new ArrayList<>();
        node.onChange(told::add);
        assertThat(node.current().line()).isEmpty();

        offer(node, CONFLICT);

        assertThat(told).singleElement().isEqualTo(node.current());
        FederationView again = open().current();
        assertThat(again.state()).isEqualTo(CONFLICT);
        assertThat(again.line()).contains("unconfirmed by west, CONFLICT with 2/east");
    }

    @Test
    void aLowerEpochAndMetasThatKnowNothingChangeNothing() {
        NodeFederation node = open();
        offer(node, SECOND);

        offer(node, FIRST);
        offer(node, FederationState.NONE);

        assertThat(node.current().state()).isEqualTo(SECOND);
        NodeFederation again = open();
        offer(again, FIRST);
        assertThat(again.current().state()).isEqualTo(SECOND);
    }

    @Test
    void aFileThatCannotBeReadIsSetAsideAndTheNodeJoinsAnew() throws IOException {
        Files.writeString(file(), "{\"epoch\":{\"number\":7");

        NodeFederation node = open();

        assertThat(node.current().state()).isEqualTo(FederationState.NONE);
        assertThat(home.resolve("federation.json.bad")).exists();
        offer(node, FIRST);
        assertThat(open().current().state()).isEqualTo(FIRST);
    }

    @Test
    void aDiskThatCannotBeWrittenCostsOnlyTheMemoryOfARestart() {
        NodeFederation node = new NodeFederation(
                EAST, Set.of(WEST), new FederationDisk(home.resolve("nowhere/federation.json")), loop);

        offer(node, FIRST);

        assertThat(node.current().state()).isEqualTo(FIRST);
    }

    @Test
    void theAnswerHasWhatResolversAndOperatorsRead() {
        NodeFederation node = open();
        offer(node, CONFLICT);

        assertThat(FederationJson.write(node.current()))
                .startsWith("{\"datacenter\":\"east\",\"duty\":\"STANDBY\","
                        + "\"epoch\":{\"number\":2,\"issuer\":\"west\"},"
                        + "\"duties\":{\"east\":\"STANDBY\",\"west\":\"ACTIVE\"},\"confirmed\":false,")
                .contains("\"conflict\":{\"contested\":[{\"number\":2,\"issuer\":\"east\"}]}")
                .contains("\"line\":\"east STANDBY, epoch 2/west");
        assertThat(FederationJson.write(FederationView.none(EAST)))
                .contains("\"epoch\":null", "\"conflict\":null", "\"line\":\"\"");
    }

    private void offer(NodeFederation node, FederationState state) {
        node.offer(new FederationView(EAST, state, false, Set.of(WEST)));
        loop.runDue();
    }

    private NodeFederation open() {
        return new NodeFederation(EAST, Set.of(WEST), new FederationDisk(file()), loop);
    }

    private Path file() {
        return home.resolve("federation.json");
    }

    private static FederationState active(FederationState before, DatacenterId active) {
        return before.next(active, FederationState.oneActive(active, ALL));
    }
}
