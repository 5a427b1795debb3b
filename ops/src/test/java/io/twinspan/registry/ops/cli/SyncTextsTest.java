package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.RoleNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SyncTextsTest {
    @Test
    void ofSeveralNodesTheWorstWordTheLargestLagAndTheSumsAreTold() {
        SyncStanding standing = new SyncStanding(nodes(
                peer("'state':'SYNCED','stateSeconds':100,'path':'kafka','pathSeconds':3700,'lagVersions':0,"
                        + "'lagSeconds':0.0,'services':5,'pulls':2,'bytes':10,'breaker':'closed'"),
                peer("'state':'LAGGING','stateSeconds':3,'path':'kafka','pathSeconds':100,'lagVersions':7,"
                        + "'lagSeconds':1.5,'services':5,'pulls':3,'bytes':20,'breaker':'open'")));

        assertThat(standing.isWell()).isFalse();
        assertThat(standing.lines())
                .hasSize(3)
                .first()
                .isEqualTo("peer west: LAGGING for 3 s, path kafka for 1 h 1 min, lag 7 versions, 1.5 s, 5 services,"
                        + " 5 pulls, 30 bytes, 0 fetched, 0 waiting, 0 unanswered, breaker open");
    }

    @Test
    void onePeerInSyncIsOneLineAndWell() {
        SyncStanding standing = new SyncStanding(
                nodes(peer("'state':'SYNCED','path':'direct','pathSeconds':61,'lagSeconds':null,'breaker':'closed'")));

        assertThat(standing.isWell()).isTrue();
        assertThat(standing.lines()).singleElement().asString().contains("path direct for 1 min 1 s", "never complete");
    }

    @Test
    void whatIsHeldAndWhatAnOperatorHasToMendIsSaid() {
        SyncStanding standing = new SyncStanding(nodes(
                peer("'state':'INCOMPATIBLE','path':'none','heldShrink':12,'problem':'topic x may not be read'")));

        assertThat(standing.lines())
                .singleElement()
                .asString()
                .contains("INCOMPATIBLE", "12 HELD", "; topic x may not be read");
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotWell() {
        RoleNodes.Answer silent =
                new RoleNodes.Answer(new Endpoint("127.0.0.9", 9622), 0, json("{}"), "it does not answer");
        SyncNodes nodes = new SyncNodes(List.of(silent));

        assertThat(new SyncStanding(nodes).isWell()).isFalse();
        assertThat(new SyncProof(nodes, false).isAgreed()).isFalse();
        assertThat(nodes.problems()).containsEntry("127.0.0.9:9622", "it does not answer");
        assertThat(nodes.isAlone()).isFalse();
    }

    @Test
    void aNodeWithoutPeersIsAProblemUnlessNoneHasAny() {
        RoleNodes.Answer without =
                new RoleNodes.Answer(new Endpoint("127.0.0.9", 9622), 404, json("{}"), "it answered 404 no such path");
        RoleNodes.Answer broken =
                new RoleNodes.Answer(new Endpoint("127.0.0.8", 9622), 500, json("{}"), "it answered 500: slot 404");
        RoleNodes.Answer with =
                new RoleNodes.Answer(new Endpoint("127.0.0.1", 9622), 200, json(peer("'state':'SYNCED'")), "");

        assertThat(new SyncNodes(List.of(without, without)).problems()).isEmpty();
        assertThat(new SyncNodes(List.of(without, without)).isAlone()).isTrue();
        assertThat(new SyncNodes(List.of(with, without)).problems().get("127.0.0.9:9622"))
                .contains("no peers", "sync.peers");
        assertThat(new SyncNodes(List.of(with, broken)).problems()).containsKey("127.0.0.8:9622");
        assertThat(new SyncNodes(List.of(broken)).isAlone()).isFalse();
    }

    @Test
    void aNodeWhoseAnnouncementsAreNotWrittenIsNotWell() {
        String inSync = "'peers':[{'peer':'west','state':'SYNCED'}]}";
        SyncNodes writing = nodes("{'writing':true,'problem':''," + inSync);
        SyncNodes silent = nodes("{'writing':false,'problem':''," + inSync);
        SyncNodes refused = nodes("{'writing':false,'problem':'topic x has access=refused'," + inSync);

        assertThat(new SyncStanding(writing).isWell()).isTrue();
        assertThat(writing.problems()).isEmpty();
        assertThat(new SyncStanding(silent).isWell()).isFalse();
        assertThat(silent.problems().get("127.0.0.1:9622")).contains("not written to Kafka", "log");
        assertThat(new SyncStanding(refused).isWell()).isFalse();
        assertThat(refused.problems().get("127.0.0.1:9622")).contains("not written to Kafka", "access=refused");
    }

    @Test
    void sidesThatAgreeSayOverHowManySlots() {
        SyncProof proof = new SyncProof(
                nodes(peer("'agreed':true,'agree':1,'slots':[" + slot("agree") + "],'differences':[]")), true);

        assertThat(proof.isAgreed()).isTrue();
        assertThat(proof.lines(false))
                .containsExactly("127.0.0.1:9622 agrees with west: 1 slots at equal (epoch, sequence), contents too");
        assertThat(proof.lines(true))
                .hasSize(2)
                .last()
                .isEqualTo("  slot 7: agree, here (3, 12) of incarnation a, there (3, 12) of incarnation a");
    }

    @Test
    void aServiceThatDiffersIsNamedOnceWithBothVersions() {
        String difference = "'agreed':false,'agree':255,'differ':0,'notComparableYet':0,'slots':[],'differences':[{"
                + "'dataInfoId':'orders','place':'THERE','known':{'version':'5','count':2,'contentHash':'aa'},"
                + "'found':{'version':'5','count':2,'contentHash':'ab'}}]";
        SyncProof proof = new SyncProof(nodes(peer(difference), peer(difference)), true);

        assertThat(proof.isAgreed()).isFalse();
        assertThat(proof.lines(false))
                .hasSize(3)
                .last()
                .isEqualTo(
                        "  orders: known here version 5 with 2 publishers, hash aa, really held there version 5 with 2"
                                + " publishers, hash ab (found by [127.0.0.1:9622, 127.0.0.2:9622])");
        JsonNode written = json(JsonMapper.shared().writeValueAsString(proof.fields()));
        assertThat(written.path("agreed").asBoolean(true)).isFalse();
        assertThat(written.path("peers").path(0).path("differences").size()).isOne();
    }

    @Test
    void aPeerThatDoesNotAnswerIsNoDifferenceAndNoAgreement() {
        SyncProof proof = new SyncProof(
                nodes(peer("'agreed':false,'agree':0,'differ':0,'notComparableYet':1,'problem':'no answer',"
                        + "'slots':[" + slot("notComparableYet") + "],'differences':[]")),
                false);

        assertThat(proof.isAgreed()).isFalse();
        assertThat(proof.lines(false))
                .singleElement()
                .asString()
                .contains("could not wholly be compared with west")
                .contains("1 could not be compared")
                .endsWith("; no answer");
    }

    @Test
    void whatIsBehindLongestIsNamedFirstAndNoMoreThanAsked() {
        SyncLagText lag = new SyncLagText(
                nodes(
                        peer("'slotsBehind':1,'slots':[{'slot':3,'versions':4,'seconds':2.0,'asked':1}],"
                                + "'servicesBehind':1,'services':[{'dataInfoId':'old','announced':'9','held':'0',"
                                + "'seconds':70.04}]"),
                        peer("'slotsBehind':1,'slots':[{'slot':5,'versions':1,'seconds':9.0,'asked':2}],"
                                + "'servicesBehind':0,'services':[]")),
                1);

        assertThat(lag.lines())
                .containsExactly(
                        "peer west slot 5: 1 versions for 9.0 s, asked 2 times, on 127.0.0.2:9622",
                        "peer west old: held 0, announced 9 70.0 s ago, on 127.0.0.1:9622",
                        "In all: 2 slots of which something is missing, 1 services to be fetched.");
        assertThat(new SyncLagText(nodes(peer("'slots':[]")), 10).lines()).containsExactly("Nothing is behind.");
    }

    @Test
    void onlyTheDecisionThatIsTakenBackGoes() {
        PolicyRows.Key west = new PolicyRows.Key("west", "*", "*");
        JsonNode both = json("{'version':'7','rules':[{'peer':'west','fetch':'warm','withdrawn':'yes'}]}");
        JsonNode one = json("{'version':'7','rules':[{'peer':'west','withdrawn':'yes'}]}");

        assertThat(json(String.valueOf(PolicyRows.without(both, west, "withdrawn"))))
                .isEqualTo(json("{'version':'7','rules':[{'peer':'west','group':'*','service':'*','fetch':'warm'}]}"));
        assertThat(json(String.valueOf(PolicyRows.without(one, west, "withdrawn")))
                        .path("rules")
                        .size())
                .isZero();
        assertThat(PolicyRows.without(json("{'version':'7','rules':[]}"), west, "withdrawn"))
                .isNull();
        assertThat(json(PolicyRows.with(json("{'version':'7','rules':[]}"), west, Map.of("withdrawn", "yes"))))
                .isEqualTo(
                        json("{'version':'7','rules':[{'peer':'west','group':'*','service':'*','withdrawn':'yes'}]}"));
    }

    private static String slot(String verdict) {
        String place = "{'incarnation':'a','epoch':'3','sequence':'12'}";
        return "{'slot':7,'verdict':'" + verdict + "','here':" + place + ",'there':" + place + "}";
    }

    private static String peer(String fields) {
        return "{'peers':[{'peer':'west'," + fields + "}]}";
    }

    private static SyncNodes nodes(String... bodies) {
        List<RoleNodes.Answer> answers = new ArrayList<>();
        for (String body : bodies) {
            Endpoint node = new Endpoint("127.0.0." + (answers.size() + 1), 9622);
            answers.add(new RoleNodes.Answer(node, 200, json(body), ""));
        }
        return new SyncNodes(answers);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
