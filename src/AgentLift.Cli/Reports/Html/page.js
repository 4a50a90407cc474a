
(function () {
  'use strict';
  var find = function (id) { return document.getElementById(id); };
  var list = find('agent-list');
  if (!list) return;

  var agents = Array.from(list.children);
  var byNumber = function (key) {
    return function (a, b) { return Number(b.dataset[key]) - Number(a.dataset[key]); };
  };
  var orders = {
    score: function () { return 0; },
    name: function (a, b) { return a.dataset.name.localeCompare(b.dataset.name); },
    findings: byNumber('findings'),
    candidate: byNumber('candidate')
  };

  function show() {
    var text = find('filter').value.trim().toLowerCase();
    var level = find('level').value;
    var shown = 0;
    agents.slice().sort(orders[find('sort').value]).forEach(function (agent) {
      var fits = agent.dataset.text.includes(text) ? level === '' || agent.dataset.level === level : false;
      agent.hidden = !fits;
      shown += fits ? 1 : 0;
      list.appendChild(agent);
    });
    find('no-match').hidden = shown !== 0;
  }

  function openTarget() {
    var agent = find(location.hash.slice(1));
    if (!agent || agent.tagName !== 'DETAILS') return;
    agent.hidden = false;
    agent.open = true;
    agent.scrollIntoView();
  }

  ['filter', 'level', 'sort'].forEach(function (id) { find(id).addEventListener('input', show); });
  window.addEventListener('hashchange', openTarget);
  find('toolbar').hidden = false;
  openTarget();
})();
