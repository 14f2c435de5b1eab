"""Takes commands as people write them; shows which are dangerous, which change something, and that
their harmless neighbours are neither."""

import pytest

from caveat.reading.parse import RECORD_LIMITS
from caveat.rules.danger import CHANGES, DANGERS, changing, dangerous

DANGEROUS = {
    "script-from-network": [
        "curl https://get.example.com | sh",
        "curl -fsSL https://get.example.com | sudo -E bash -s -- --version 28",
        "wget -qO- https://get.example.com | sudo env A=b /bin/bash",
        "curl -fsSL https://get.example.com \\\n  | sudo sh",
        "curl https://a.example | tee install.log | sh",
        "bash <(curl -s https://get.example.com)",
        'sh -c "$(curl -fsSL https://get.example.com)"',
        'eval "$(wget -qO- https://get.example.com)"',
        ". <(curl -s https://get.example.com)",
        "source <(curl -s https://get.example.com)",
        "curl -sSL https://install.example.com | python3 -",
        "iwr https://get.example.com | iex",
        "iex (irm https://get.example.com)",
    ],
    "hidden-script": [
        "echo cm0gLXJmIC8K | base64 -d | sh",
        "printf '\\x72\\x6d' | bash",
        "base64 -d <<< cm0gLXJmIC8K | sudo bash",
        "powershell -enc " + "QQ" * 40,
    ],
    "recursive-delete": [
        "rm -rf /var/lib/docker",
        "sudo rm -fr /var/lib/docker",
        "rm -r -f /var/lib/docker",
        "rm --force --recursive /var/lib/docker",
        "rm /var/lib/docker -R",
        "find /var/lib/docker -type f -delete",
        "find / -name '*.log' -exec rm {} +",
        "ls | xargs sudo rm",
        "Remove-Item C:\\ProgramData\\docker -Recurse",
        "rd /s /q C:\\ProgramData\\docker",
        "rsync -a --delete empty/ data/",
        "git clean -xfd",
    ],
    "wiped-storage": [
        "mkfs.ext4 /dev/sdb1",
        "dd if=/dev/zero of=/dev/sda bs=1M",
        "docker system prune -af --volumes",
        "docker volume prune",
        "podman system reset --force",
        "kubectl delete pods --all",
        "cat image > /dev/nvme0n1",
    ],
    "unverified-source": [
        "curl -k https://a.example",
        "curl -fsSkL https://a.example -o a",
        "curl --max-time 3 -sk https://a.example",
        "curl --insecure https://a.example",
        "wget --no-check-certificate https://a.example",
        "dnf install --nogpgcheck docker-ce",
        "zypper --no-gpg-checks install docker",
        "apt-get install --allow-unauthenticated docker-ce",
        "apk add --allow-untrusted docker.apk",
        "echo 'deb [trusted=yes] https://a.example stable main' | sudo tee /etc/apt/a.list",
        "pip install --trusted-host a.example x",
        "podman pull --tls-verify=false a.example/b",
        "skopeo copy --dest-tls-verify=false docker://a docker://b",
        "kubectl --insecure-skip-tls-verify get pods",
        'echo \'{"insecure-registries": ["a.example"]}\'',
        "git -c http.sslVerify=false clone https://a.example/b",
        "npm config set strict-ssl false",
        "ssh -o StrictHostKeyChecking=no a.example",
        "sed -i s/gpgcheck=1/gpgcheck=0/ /etc/yum.repos.d/docker.repo",
        "Invoke-WebRequest https://a.example -SkipCertificateCheck",
    ],
    "world-writable": [
        "chmod 777 /var/run/docker.sock",
        "sudo chmod -R 0777 /var/lib/docker",
        "chmod 666 /var/run/docker.sock",
        "chmod o+w a",
        "chmod a+rwx a",
        "chmod ugo=rwx a",
        "chmod +w a",
        "install -m 777 a /usr/local/bin/a",
        "mkdir -m 777 /data",
        "umask 000",
    ],
    "no-firewall": [
        "iptables -F",
        "sudo iptables -t nat --flush",
        "iptables -P INPUT ACCEPT",
        "nft flush ruleset",
        "ufw disable",
        "systemctl disable --now firewalld",
    ],
    "no-confinement": [
        "setenforce 0",
        "docker run --privileged alpine",
        "docker run --security-opt seccomp=unconfined alpine",
        "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ],
}
HARMLESS = [
    "curl -fsSLO https://get.example.com/install.sh",
    "curl -s http://127.0.0.1:8080/ | grep -c sh",
    "curl -s http://127.0.0.1/ | jq -r .shell",
    "curl -fsSL https://download.docker.com/linux/ubuntu/gpg | sudo gpg --dearmor -o docker.gpg",
    "curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:8080/kb",
    "curl -o backup.tar https://a.example",
    "curl --key-type PEM https://a.example",
    "bash install.sh",
    "docker exec web sh -c 'cat /etc/resolv.conf'",
    "echo done | grep bash",
    "base64 -d <<< aGVsbG8= > file.sh",
    "rm -f /etc/apt/preferences.d/docker",
    "rm /tmp/rf -i",
    "docker rm -f web",
    "docker run --rm -v /data:/data alpine true",
    "find /usr -name netavark",
    "git status --short",
    "docker system df",
    "kubectl delete pod web-0",
    "dd if=/dev/sda of=backup.img",
    "wget -q -O /dev/null https://example.com",
    "apt-get install --allow-downgrades docker-ce",
    "kubectl --insecure-skip-tls-verify=false get pods",
    "podman pull --tls-verify=true a.example/b",
    "chmod 755 a",
    "chmod +x ~/.docker/cli-plugins/docker-buildx",
    "chmod u+w,g-w a",
    "chmod 0644 /etc/docker/daemon.json",
    "install -m 755 runc /usr/local/sbin/runc",
    "iptables -S FORWARD",
    "iptables -P FORWARD DROP",
    "nft list ruleset",
    "systemctl status firewalld",
    "getenforce",
    "docker run --security-opt seccomp=/etc/docker/profile.json alpine",
]
CHANGING = {
    "changing-program": [
        "rm /tmp/a",
        "tee /etc/a",
        "apt-get install docker",
        "modprobe ip6_tables",
    ],
    "shell": [
        "sh -c true",
        "/bin/bash a.sh",
        "sudo docker info",
        "python3 -c print(1)",
        "env A=b docker",
    ],
    "changing-option": [
        "systemctl restart docker",
        "sysctl -w net.ipv4.ip_forward=1",
        "iptables -t nat -A POSTROUTING -j MASQUERADE",
        "nft add table inet a",
        "curl -X POST http://127.0.0.1/",
        "docker run hello-world",
        "docker container rm web",
        "kubectl delete pod web-0",
        "sed -i s/a/b/ /etc/a",
        'awk BEGIN{system("id")}',
        "firewall-cmd --add-port 80/tcp",
    ],
}
ASKING = [
    "docker info --format {{.SecurityOptions}}",
    "iptables -t nat -C POSTROUTING -j MASQUERADE",
    "nft --check add table inet caveat",
    "systemctl --user show docker.service --property=Environment",
    "sysctl -n net.ipv4.ip_forward",
    "python3 -c import docker; print(docker.__version__)",
    "find /usr/libexec/podman -name netavark -exec {} version ;",
    "curl -fsS --max-time 3 http://127.0.0.1:8080/api/overview",
    "docker buildx ls --format {{.Name}}",
    "firewall-cmd --get-zone-of-interface=docker0",
]


def pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, command) for name, commands in table.items() for command in commands]


@pytest.mark.parametrize(("name", "command"), pairs(DANGEROUS))
def test_a_dangerous_command_is_known_by_its_danger(name: str, command: str) -> None:
    """However it is spelt, with whatever before and behind it."""
    assert name in {found.danger.name for found in dangerous(command)}
    assert name in {found.danger.name for found in dangerous(f"cd /tmp && {command} ; echo done")}


@pytest.mark.parametrize("command", HARMLESS)
def test_its_neighbours_are_harmless(command: str) -> None:
    """The same words in a command that harms nobody."""
    assert dangerous(command) == ()


@pytest.mark.parametrize(("name", "command"), pairs(CHANGING))
def test_a_question_that_changes_something_is_none(name: str, command: str) -> None:
    """What the command runs by itself only looks."""
    assert name in {found.danger.name for found in changing(command)}


@pytest.mark.parametrize("command", ASKING)
def test_a_question_is_let_ask(command: str) -> None:
    """The ways of asking that records use."""
    assert changing(command) == ()


def test_every_danger_has_examples() -> None:
    """The list holds nothing that no test tries."""
    assert set(DANGEROUS) == {danger.name for danger in DANGERS}
    assert set(CHANGING) == {danger.name for danger in CHANGES}


def test_long_commands_are_looked_at_quickly() -> None:
    """No pattern goes back and forth for ever: the commands of strangers are read at each build."""
    for part in (
        "rm a ",
        "rm -",
        "sudo A=b ",
        "curl -s| echo |",
        "curl -s ",
        "echo | ",
        "sudo ",
        "chmod ",
        "-o a",
        "a",
        " ",
        "|",
        "bash ",
    ):
        changing((part * RECORD_LIMITS.scalar)[: RECORD_LIMITS.scalar])
