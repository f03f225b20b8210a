'use strict';
// Runs Azurite for the commands of one project folder. Each command keeps a connection to this process open. When the last connection
// closes, which the system does for a killed command too, Azurite writes its data and this process ends. No command needs to signal it.
//
//   node emulator.js launch AZURITE FOLDER   starts `serve` in a session of its own, and prints `listening`, `busy` or `failed`
//   node emulator.js serve AZURITE FOLDER    the emulator

const { spawn } = require('child_process');
const { randomBytes } = require('crypto');
const fs = require('fs');
const net = require('net');
const path = require('path');

const ACCOUNT = 'devstoreaccount1'; // Azurite keeps data under the name of the account; earlier versions used this one.
const FIRST_COMMAND_MS = 10_000; // The command that starts the emulator may be killed before it connects.
const ACCEPT_MS = 1_000;
const SHUTDOWN_MS = 15_000;
const OWNER_ONLY = 0o600;

const [, , mode, azurite, folder] = process.argv;
const stateFile = path.join(folder, 'state.json');
if (mode === 'launch') {
  launch();
} else {
  serve();
}

function launch() {
  const logFile = path.join(folder, 'log');
  fs.rmSync(logFile, { force: true });
  const log = fs.openSync(logFile, 'ax', OWNER_ONLY);
  const child = spawn(process.execPath, [__filename, 'serve', azurite, folder], {
    cwd: folder, // Not the command's folder, which the emulator would keep in use.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  const finish = (answer) => {
    console.log(answer);
    process.exit(0);
  };
  child.once('message', finish);
  child.once('exit', () => finish('failed'));
}

function serve() {
  const token = randomBytes(32).toString('hex');
  const key = randomBytes(64).toString('base64');
  const ports = [];
  const connected = new Set();
  let ready = null;
  let ending = false;

  process.env.AZURITE_ACCOUNTS = `${ACCOUNT}:${key}`;
  // While Azurite loads, this process accepts no connection, and a timer that is due comes before one that waits.
  const first = setTimeout(() => setTimeout(() => connected.size === 0 && end(), ACCEPT_MS), FIRST_COMMAND_MS);
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('error', () => leave(socket));
    socket.on('end', () => leave(socket));
    socket.on('close', () => leave(socket));
    socket.on('data', (data) => {
      text += data;
      if (connected.has(socket) || ending) {
        return;
      }
      if (text === `${token}\n`) {
        clearTimeout(first);
        connected.add(socket);
        socket.write('welcome\n');
        announce(socket);
      } else if (!`${token}\n`.startsWith(text)) {
        socket.destroy();
      }
    });
  });

  server.listen(0, '127.0.0.1', () => {
    try {
      // Fails if the file exists: only one process may use the folder's data.
      fs.writeFileSync(stateFile, describe(), { flag: 'wx', mode: OWNER_ONLY });
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
      process.send('busy', () => process.exit(0));
      return;
    }
    process.on('exit', () => fs.rmSync(stateFile, { force: true }));
    process.send('listening', () => process.disconnect());
    startAzurite();
  });

  function startAzurite() {
    const log = console.log;
    console.log = (...words) => {
      const found = /^Azurite (Blob|Queue|Table) service is successfully listening at http:\/\/127\.0\.0\.1:(\d+)$/.exec(words[0]);
      if (found) {
        ports.push(Number(found[2]));
      }
      log(...words);
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    // Azurite listens for signals once all its services run. Until then it has nothing to write.
    process.on('newListener', (event) => event === 'SIGTERM' && setImmediate(becomeReady));
    process.argv = [
      process.argv[0], azurite, '--location', path.join(folder, 'data'), '--blobPort', '0', '--queuePort', '0', '--tablePort', '0',
      '--silent', '--disableTelemetry', '--skipApiVersionCheck',
    ];
    require(azurite);
  }

  function becomeReady() {
    if (ports.length !== 3 || ready !== null) {
      return;
    }
    const endpoints = ['Blob', 'Queue', 'Table'].map((name, i) => `${name}Endpoint=http://127.0.0.1:${ports[i]}/${ACCOUNT};`);
    ready = `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${key};${endpoints.join('')}`;
    fs.writeFileSync(`${stateFile}~`, describe(), { mode: OWNER_ONLY });
    fs.renameSync(`${stateFile}~`, stateFile);
    connected.forEach(announce);
  }

  function announce(socket) {
    if (ready !== null) {
      socket.write(`ready ${ready}\n`);
    }
  }

  function describe() {
    const state = { pid: process.pid, started: startOfThisProcess(), port: server.address().port, token, connectionString: ready };
    return JSON.stringify(state, null, 2);
  }

  function leave(socket) {
    if (!connected.delete(socket)) {
      socket.destroy();
    } else if (connected.size > 0) {
      socket.end('stays\n');
    } else {
      // This connection stays open until the process has ended, so that its command can wait for that.
      socket.unref();
      end();
    }
  }

  function end() {
    if (ending) {
      return;
    }
    ending = true;
    clearTimeout(first);
    server.close();
    connected.forEach((socket) => socket.unref());
    if (ready === null) {
      process.exit(0);
    }
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    // Azurite's own handler closes its services; the process ends when nothing is left to do.
    process.emit('SIGTERM');
  }
}

/** Distinguishes this process from a later one with the same id. ProcessIdentity.cs reads the same values. */
function startOfThisProcess() {
  if (process.platform !== 'linux') {
    return String(Math.round(performance.timeOrigin));
  }
  const stat = fs.readFileSync('/proc/self/stat', 'utf8');
  const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
}
