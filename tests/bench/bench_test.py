"""What ./dev bench left behind, looked at: the JSON, the records, the world."""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import records          # noqa: E402
import report           # noqa: E402

FOLDER = sys.argv.pop()
STATE = os.path.join(FOLDER, "aftersale-bench-30")


def recorded(name):
    with open(os.path.join(STATE, "tmp", "bench", name + ".record"), "rb") as f:
        return records.read(f.read())


class Json(unittest.TestCase):
    def setUp(self):
        with open(os.path.join(FOLDER, "out.json"), encoding="utf-8") as f:
            self.told = json.load(f)

    def test_the_machine_is_named(self):
        self.assertEqual(set(self.told["machine"]), {
            "cpu", "cores", "memory_gib", "kernel", "mariadb", "nginx", "compiler",
            "date", "command"})
        self.assertTrue(all(self.told["machine"].values()))

    def test_each_scene_has_all_keys(self):
        self.assertEqual(self.told["tickets"], 30)
        self.assertEqual([s["name"] for s in self.told["scenes"]], ["ticket", "submit"])
        for scene in self.told["scenes"]:
            self.assertEqual(tuple(scene), report.KEYS)
            self.assertGreater(scene["rps"], 1)
            self.assertGreater(scene["floor_ratio"], 0)
            self.assertLessEqual(scene["p50_ms"], scene["p99_ms"])
            self.assertGreater(scene["worker_rss_kib"], 1000)
            self.assertIsNone(scene["growth_ratio"])

    def test_a_page_is_as_long_as_it_was_recorded(self):
        page = self.told["scenes"][0]
        lengths = [visit.body for visit in recorded("ticket")]
        self.assertTrue(min(lengths) <= page["bytes"] <= max(lengths))


class Records(unittest.TestCase):
    def test_every_statement_that_is_counted_is_recorded(self):
        for name in "ticket", "submit":
            visits = recorded(name)
            self.assertEqual(len(visits), 20)
            for visit in visits:
                ours = [s for s in visit.statements if s.link == "o"]
                self.assertEqual(len(ours), visit.counted)

    def test_a_request_is_written_in_one_transaction(self):
        visit = recorded("submit")[0]
        told = [s.sql.split(" ")[0] for s in visit.statements]
        self.assertEqual((visit.method, visit.status), ("POST", 303))
        self.assertEqual((told.count("START"), told.count("COMMIT")), (1, 1))
        ticket = next(s for s in visit.statements if s.sql.startswith("INSERT INTO as_ticket "))
        self.assertGreater(ticket.id, 0)


class Middle(unittest.TestCase):
    def test_the_round_in_the_middle_is_taken_as_a_whole(self):
        self.assertEqual(report.middle([(3, "c"), (1, "a"), (2, "b")]), (2, "b"))


unittest.main()
