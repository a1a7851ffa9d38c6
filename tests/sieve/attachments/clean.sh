#!/bin/sh
rm -f core
