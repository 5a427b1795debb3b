package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FederationTextTest {
    @Test
    void statusTellsTheLineTheDutiesThePeersAndAConflict() {
        JsonNode status = json("{'datacenter':'east','duty':'STANDBY','epoch':{'number':8,'issuer':'west'},"
                + "'duties':{'east':'STANDBY','west':'ACTIVE'},'confirmed':true,"
                + "'conflict':{'contested':[{'number':8,'issuer':'east'}]},'line':'east STANDBY, epoch 8/west',"
                + "'peers':[{'datacenter':'west','epoch':{'number':8,'issuer':'west'},'heardMillisAgo':1400,'trouble':''},"
                + "{'datacenter':'north','epoch':null,'heardMillisAgo':null,'trouble':'refused'}]}");

        assertThat(FederationText.status(status))
                .containsExactly(
                        "east STANDBY, epoch 8/west",
                        "  east  STANDBY",
                        "  west  ACTIVE",
                        "  peer west follows epoch 8/west, heard 1 s ago",
                        "  peer north follows no epoch, never heard: refused",
                        "CONFLICT: epoch 8/east was decided without knowledge of epoch 8/west, or the other way round");
        assertThat(FederationText.isWell(status)).isFalse();
    }

    @Test
    void beforeTheFirstDecisionItIsSaidHowToMakeIt() {
        JsonNode status = json("{'datacenter':'east','duty':'JOINING','epoch':null,'duties':{},'confirmed':true,"
                + "'conflict':null,'line':'','peers':[]}");

        assertThat(FederationText.status(status))
                .containsExactly("east JOINING, nothing has been decided yet"
                        + " ('twinspan federation init --active DATACENTER')");
        assertThat(FederationText.isWell(status)).isTrue();
    }

    @Test
    void aPlanTellsItsWordTheReasonsTheLossesAndHowToRunIt() {
        JsonNode plan = json("{'from':'east','to':'west','go':false,'plan':'7-east-5','found':['a'],"
                + "'against':['b'],'losses':['c'],'steps':['COMMIT: d']}");

        assertThat(FederationText.plan(plan))
                .containsExactly(
                        "NO-GO: failover from east to west",
                        "  a",
                        "  AGAINST: b",
                        "  --force would give up: c",
                        "steps:",
                        "  COMMIT: d",
                        "to run exactly this: twinspan failover run --to west --plan 7-east-5");
    }

    @Test
    void runsTellWhereTheyAreAndBackGoesToWhereTheLastOneCameFrom() {
        JsonNode status = json("{'datacenter':'west','runs':[{'run':'f2','from':'east','to':'west','state':'RUNNING',"
                + "'step':'MOVE','forced':true,'notes':[{'at':'T','text':'GO'}]},"
                + "{'run':'g1','from':'south','to':'west','state':'DONE','step':null,'steps':['MOVE'],'notes':[]},"
                + "{'run':'f1','from':'north','to':'west','state':'DONE','step':null,'steps':['COMMIT'],'notes':[]}]}");

        assertThat(FederationText.runs(status))
                .containsExactly(
                        "run f2 from east to west: RUNNING at MOVE, forced",
                        "  T  GO",
                        "run g1 from south to west: DONE",
                        "run f1 from north to west: DONE");
        assertThat(FederationText.lastFrom(status)).isEqualTo("north");
        assertThat(FederationText.runs(json("{'datacenter':'west','runs':[]}")))
                .containsExactly("no failover to west is known");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
