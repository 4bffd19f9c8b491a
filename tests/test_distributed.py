"""Reading by a Dask cluster: two worker processes on this machine, as `dask worker` starts them on others."""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import report
from pipeline.intake import distributed
from pipeline.intake.checked import Rules
from pipeline.intake.collect import LIMITS, read_frozen
from pipeline.intake.distributed import ClusterError, map_distributed
from pipeline.intake.find import Found, find_forms
from pipeline.intake.workers import Limits, Lost, map_apart
from pipeline.run.outcome import Exit
from tests.hostile import HOSTILE, book, ods_of
from tests.institution import CONFIG, institution, steady
from tests.intake import read_all, thawed
from tests.plans import small_plan

dask = pytest.importorskip("dask", reason="the optional extra «cluster» is not installed")
pytest.importorskip("distributed", reason="the optional extra «cluster» is not installed")

PLAN = small_plan()


def local_cluster(workers: int) -> "dask.distributed.LocalCluster":
    from distributed import LocalCluster

    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            silence_logs=logging.CRITICAL,
        )


@pytest.fixture(scope="module")
def cluster() -> Iterator["dask.distributed.LocalCluster"]:
    with local_cluster(2) as running:
        yield running


@pytest.fixture
def address(cluster: "dask.distributed.LocalCluster") -> str:
    return str(cluster.scheduler_address)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Found, ...]:
    """Sixty forms of two units, and among them what is damaged, hostile, misnamed, gone, or has to be read apart."""
    filled = {unit: steady(PLAN, unit, 9) for unit in ("M1", "M2")}
    folder = institution(tmp_path_factory.mktemp("cluster"), filled) / "input"
    year = folder / "2013"
    for number in range(1, 59):
        (year / f"M1 ({number:02}).xlsx").write_bytes((year / "M1.xlsx").read_bytes())
    (year / "M1 (07 а).xlsx").write_bytes((year / "M1.xlsx").read_bytes()[:5000])
    (year / "M1 (17 а).xlsx").write_bytes(HOSTILE["10 000 sheets"][0]())
    (year / "M1 (27 а).ods").write_bytes(ods_of(5_000))
    (year / "M1 (37 а).ods").write_bytes((year / "M1.xlsx").read_bytes())
    (year / "M1 (47 а).xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    files, _ = find_forms(folder, PLAN.year)
    gone = Found(year / "M1 (57 а).xlsx", "2013/M1 (57 а).xlsx")
    return (*files[:40], gone, *files[40:])


def test_the_cluster_reads_what_this_process_and_its_workers_read_though_one_of_its_own_is_killed(
    cluster: "dask.distributed.LocalCluster", address: str, forms: tuple[Found, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "CHUNK", 4)
    reading = read_frozen(forms, Rules(PLAN), LIMITS, address)
    readings = [thawed(next(reading))]
    os.kill(next(iter(cluster.workers.values())).process.pid, signal.SIGKILL)
    readings += map(thawed, reading)

    assert readings == read_all(forms, PLAN), "worker processes of this machine"
    monkeypatch.setattr("pipeline.intake.collect.FEW", len(forms))
    assert readings == read_all(forms, PLAN), "this process"
    assert {one.input.file[5:]: [wrong.code for wrong in one.problems] for one in readings if one.problems} == {
        "M1 (07 а).xlsx": ["intake.file_damaged"],
        "M1 (17 а).xlsx": ["intake.sheets_too_many"],
        "M1 (27 а).ods": ["intake.file_killed"],
        "M1 (37 а).ods": ["intake.file_misnamed"],
        "M1 (47 а).xls": ["intake.file_damaged"],
        "M1 (57 а).xlsx": ["intake.file_forbidden"],
    }


def work(folder: Path, *what: str) -> list[Found]:
    """Files that their reader can't be harmed by, named for what befalls it nevertheless."""
    files = [Found(folder / f"{number}.xlsx", name) for number, name in enumerate(what)]
    content = book()
    for file in files:
        file.path.write_bytes(content)
    return files


def in_cluster() -> bool:
    from distributed import get_worker

    try:
        get_worker()
    except ValueError:
        return False
    return True


def act(found: Found) -> str:
    """What a worker may be up against."""
    before = found.path.with_suffix(".before")
    if "once" in found.file and (before.exists() or not in_cluster()):
        return "AGAIN"  # it was the worker's fault; a file blamed for others before its turn is read apart, and well
    before.touch()
    if found.file.startswith("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if found.file == "sleep once":
        time.sleep(3)
    if found.file == "memory":
        raise MemoryError
    return str(int(found.file)) if found.file.startswith("x") else found.file.upper()


def test_a_file_that_kills_every_worker_is_lost_alone_and_one_whose_worker_only_died_is_not(
    address: str, tmp_path: Path
) -> None:
    files = work(tmp_path, "a", "b", "die", "c", "die once", "d", "e")
    done = ["A", "B", Lost.KILLED, "C", "AGAIN", "D", "E"]
    assert list(map_distributed(act, files, address, LIMITS)) == done
    assert list(map_apart(act, files, LIMITS)) == done


def test_what_takes_a_worker_too_long_or_too_much_is_read_here(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "CHUNK", 2)
    files = work(tmp_path, "sleep once", "a", "memory", "b")
    limits = Limits(0.5, 512)
    assert list(map_distributed(act, files, address, limits)) == ["AGAIN", "A", Lost.KILLED, "B"]


def test_our_own_mistakes_are_not_taken_for_the_clusters(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(map_distributed(act, work(tmp_path, "a", "x"), address, LIMITS))


def test_no_more_is_under_way_than_keeps_the_workers_busy(address: str, tmp_path: Path) -> None:
    files = work(tmp_path, *map(str, range(500)))
    going = map_distributed(partial(note, tmp_path), files, address, LIMITS)
    next(going)
    time.sleep(0.5)  # the cluster does meanwhile all that it was given
    assert len(list(tmp_path.glob("*.done"))) <= distributed.CHUNK * 2 * (distributed.AHEAD + 1)
    assert [*going] == [file.file for file in files[1:]]


def note(folder: Path, found: Found) -> str:
    (folder / f"{found.file}.done").touch()
    return found.file


def why(address: str, files: list[Found]) -> tuple[str, str]:
    with pytest.raises(ClusterError) as error:
        list(map_distributed(act, files, address, LIMITS))
    return error.value.problem.code, error.value.problem.found


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="here all processes see the same files by a path")
def test_a_worker_that_does_not_see_the_files_is_told_of(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    work(tmp_path, "a")
    mine = Path("/proc/self/cwd/0.xlsx")  # each process has another
    assert why(address, [Found(mine, "2013/M1.xlsx")]) == ("intake.cluster_blind", str(mine))


def test_a_worker_of_another_version_is_told_of(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "reader_mark", lambda: "another")
    assert why(address, work(tmp_path, "a")) == ("intake.cluster_differs", socket.gethostname())


def test_what_a_worker_can_not_even_take_in_is_told_of(address: str, tmp_path: Path) -> None:
    class Strange(str):
        def __reduce__(self) -> object:
            return os.strerror, ("not a number",)

    code, found = why(address, [Found(work(tmp_path, "a")[0].path, Strange("a"))])
    assert (code, found.splitlines()) == ("intake.cluster_failed", [found])


def test_a_scheduler_that_goes_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "CONNECTING", 1)
    files = work(tmp_path, *map(str, range(200)))
    with local_cluster(1) as running:
        going = map_distributed(act, files, running.scheduler_address, LIMITS)
        next(going)
    with pytest.raises(ClusterError) as error:
        list(going)
    assert error.value.problem.code == "intake.cluster_lost"


def test_a_cluster_without_workers_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "PATIENCE", 0.2)
    with local_cluster(0) as running:
        there = str(running.scheduler_address)
        assert why(there, work(tmp_path, "a")) == ("intake.cluster_empty", there)


def test_where_no_scheduler_is_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 9)})
    monkeypatch.setattr(distributed, "CONNECTING", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        wrong = (
            "tcp://127.0.0.1:9",
            f"127.0.0.1:{port}",
            f"tcp://127.0.0.1:{port}",
            "http://127.0.0.1:80",
            "[::1]:9",
        )
        for address in wrong:
            done = CliRunner().invoke(report, ["--config", str(folder / "config.toml"), "--workers", address])
            assert (done.exit_code, done.stdout) == (Exit.FAILED, ""), done.output
            assert f"  По адресу {address} планировщик Dask не отвечает. Проверьте адрес" in done.stderr
            assert "Error" not in done.stderr
    assert not (folder / "output").exists()


def test_where_the_library_is_missing_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = institution(tmp_path, {"M1": steady(PLAN, "M1", 9)})
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = CliRunner().invoke(report, ["check", "--config", str(folder / "config.toml"), "--workers", "tcp://a:8786"])
    assert done.exit_code == Exit.FAILED
    assert "pip install -e .[cluster]" in done.stderr


def test_the_report_is_the_same_to_the_byte_whoever_read(address: str, tmp_path: Path) -> None:
    made: list[dict[str, bytes]] = []
    for name, config in {"one": CONFIG, "many": f'{CONFIG}[reading]\nworkers = "{address}"\n'}.items():
        filled = {unit: steady(PLAN, unit, 9) for unit in ("M1", "M2")}
        folder = institution(tmp_path / name, filled, config=config)
        done = CliRunner().invoke(report, ["--config", str(folder / "config.toml")], catch_exceptions=False)
        assert done.exit_code in (Exit.MADE, Exit.MADE_WITH_ERRORS), done.output
        output = folder / "output"
        made.append({str(file.relative_to(output)): file.read_bytes() for file in output.rglob("*") if file.is_file()})
    one, many = made
    assert one.keys() == many.keys()
    assert [file for file in one if one[file] != many[file]] == []
